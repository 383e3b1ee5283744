"""Makes look-angles.csv: directions between places, computed apart from the program.

    python3 make-look-angles.py > look-angles.csv

Needs mpmath and pyproj (Debian: python3-mpmath python3-pyproj). Every value is computed with 50
digits by mpmath from the definition of WGS 84 (semi-major axis 6378137 m, inverse flattening
298.257223563): geodetic to Earth-centred coordinates, difference, then east, north and up of the
observer. PROJ's Earth-centred coordinates (EPSG:4979 to EPSG:4978) and its own east, north and up
(+proj=topocentric) are compared with them, and the script fails where they differ.
"""

import random
import sys

import mpmath
import pyproj
from mpmath import mp, mpf

mp.dps = 50
A = mpf(6378137)
F = 1 / mpf("298.257223563")
E2 = F * (2 - F)
SAME_PLACE = mpf("0.01")


def sincos(degrees):
    """Exact at multiples of 90 degrees, which a pole needs."""
    degrees = mpf(degrees)
    quarter = mpmath.floor(degrees / 90)
    rest = degrees - 90 * quarter
    x = mpmath.radians(rest)
    s, c = mpmath.sin(x), mpmath.cos(x)
    return [(s, c), (c, -s), (-s, -c), (-c, s)][int(quarter) % 4]


def ecef(lat, lon, alt):
    (sp, cp), (sl, cl) = sincos(lat), sincos(lon)
    n = A / mpmath.sqrt(1 - E2 * sp * sp)
    h = mpf(alt)
    return (n + h) * cp * cl, (n + h) * cp * sl, (n * (1 - E2) + h) * sp


def enu(observer, target):
    d = [t - o for o, t in zip(ecef(*observer), ecef(*target))]
    (sp, cp), (sl, cl) = sincos(observer[0]), sincos(observer[1])
    east = -sl * d[0] + cl * d[1]
    north = -sp * cl * d[0] - sp * sl * d[1] + cp * d[2]
    up = cp * cl * d[0] + cp * sl * d[1] + sp * d[2]
    return east, north, up


TO_ECEF = pyproj.Transformer.from_crs("EPSG:4979", "EPSG:4978")


def check(observer, target, offset):
    """Compares with PROJ, whose double precision leaves some nanometres of noise per megametre."""
    size = max(abs(v) for v in ecef(*target) + ecef(*observer))
    allowed = max(mpf("2e-8"), size * mpf("1e-14"))
    for place in (observer, target):
        theirs = TO_ECEF.transform(*(float(v) for v in place))
        for ours, other in zip(ecef(*place), theirs):
            assert abs(ours - other) < allowed, (place, ours, other)
    topocentric = pyproj.Transformer.from_pipeline(
        f"+proj=pipeline +step +proj=cart +ellps=WGS84 +step +proj=topocentric +ellps=WGS84 "
        f"+lat_0={observer[0]} +lon_0={observer[1]} +h_0={observer[2]}"
    )
    theirs = topocentric.transform(float(target[1]), float(target[0]), float(target[2]))
    for ours, other in zip(offset, theirs):
        assert abs(ours - other) < 10 * allowed, (observer, target, ours, other)


def row(name, observer, target):
    east, north, up = offset = enu(observer, target)
    check(observer, target, offset)
    distance = mpmath.sqrt(east**2 + north**2 + up**2)
    level = mpmath.sqrt(east**2 + north**2)
    places = ",".join(str(v) for v in (*observer, *target))
    if distance < SAME_PLACE:
        return f"{name},{places},,,"
    azimuth = mpmath.degrees(mpmath.atan2(east, north)) if level > 1e-12 else mpf(0)
    azimuth = round(float(azimuth), 9) % 360
    elevation = mpmath.degrees(mpmath.atan2(up, level))
    return ",".join(
        [name, places, f"{azimuth:.9f}", f"{float(elevation):.9f}", f"{float(distance):.6f}"]
    )


NAMED = [
    # name, observer, target; as text, so that the file holds what was computed
    ("same place", ("51.999", "4.372", "0"), ("51.999", "4.372", "0")),
    ("same place on both sides of the date line", ("10", "180", "5"), ("10", "-180", "5")),
    ("same north pole by another longitude", ("90", "0", "0"), ("90", "135", "0")),
    ("same south pole by another longitude", ("-90", "20", "7"), ("-90", "-20", "7")),
    ("less than a centimetre away", ("51.999", "4.372", "0"), ("51.99900005", "4.372", "0")),
    ("two centimetres north", ("51.999", "4.372", "0"), ("51.9990002", "4.372", "0")),
    ("one metre up", ("51.999", "4.372", "0"), ("51.999", "4.372", "1")),
    ("a hundred metres up", ("-33.9", "151.2", "20"), ("-33.9", "151.2", "120")),
    ("a hundred metres down", ("47.5", "11.1", "2962"), ("47.5", "11.1", "2862")),
    ("geostationary straight up", ("0", "19.2", "0"), ("0", "19.2", "35786000")),
    ("straight down from orbit", ("51.6", "-20", "420000"), ("51.6", "-20", "0")),
    ("due north on a meridian", ("52", "4", "0"), ("52.1", "4", "0")),
    ("due south on a meridian", ("52", "4", "0"), ("51.9", "4", "0")),
    ("due east on the equator", ("0", "10", "0"), ("0", "10.5", "0")),
    ("due west on the equator", ("0", "10", "0"), ("0", "9.5", "0")),
    ("east along a parallel", ("60", "20", "0"), ("60", "21", "0")),
    ("a phone across the field", ("51.9990", "4.3720", "1.5"), ("51.9993", "4.3741", "3")),
    ("a hill 20 km away", ("48.1351", "11.5820", "519"), ("47.9700", "11.7700", "1100")),
    ("a balloon at 30 km", ("52.5200", "13.4050", "34"), ("52.9000", "14.1000", "30000")),
    ("an airliner", ("40.6413", "-73.7781", "4"), ("41.1", "-72.9", "11278")),
    ("a station in low orbit", ("51.999", "4.372", "0"), ("48", "12", "420000")),
    ("a navigation satellite", ("37.4275", "-122.1697", "30"), ("10", "-100", "20200000")),
    ("a geostationary satellite low", ("69.65", "18.96", "10"), ("0", "19.2", "35786000")),
    ("a geostationary satellite west", ("51.5", "-0.12", "11"), ("0", "-30", "35786000")),
    ("the distance of the moon", ("52", "5", "0"), ("18.5", "60", "384400000")),
    ("the highest altitude there is", ("-35.4", "149", "670"), ("-20", "100", "1000000000")),
    ("from orbit to orbit", ("0", "0", "420000"), ("5", "3", "550000")),
    ("across the date line eastward", ("-17.7", "179.95", "10"), ("-17.7", "-179.95", "10")),
    ("across the date line westward", ("-17.7", "-179.95", "10"), ("-17.6", "179.95", "10")),
    ("from the date line", ("65.8", "180", "0"), ("65.8", "-169", "0")),
    ("from the date line by its other name", ("65.8", "-180", "0"), ("65.8", "-169", "0")),
    ("antipode on the equator", ("0", "0", "0"), ("0", "180", "0")),
    ("antipode at 45 degrees", ("45", "30", "0"), ("-45", "-150", "0")),
    ("antipode in Spain", ("40.4", "-3.7", "650"), ("-40.4", "176.3", "0")),
    ("beside the antipode", ("40.4", "-3.7", "650"), ("-40.3", "176.4", "0")),
    ("pole to pole", ("90", "0", "0"), ("-90", "0", "0")),
    ("pole to pole by other longitudes", ("-90", "70", "0"), ("90", "-110", "0")),
    ("from the north pole down its meridian", ("90", "0", "0"), ("89", "0", "0")),
    ("from the north pole to the east", ("90", "0", "0"), ("89", "90", "0")),
    ("from the north pole over its back", ("90", "0", "0"), ("89", "180", "0")),
    ("from the north pole by longitude 135", ("90", "135", "0"), ("89.5", "0", "100")),
    ("from the south pole along its meridian", ("-90", "0", "2835"), ("-89", "0", "2800")),
    ("from the south pole to the west", ("-90", "0", "2835"), ("-89", "-90", "2800")),
    ("from the south pole by longitude -60", ("-90", "-60", "2835"), ("-70", "100", "800000")),
    ("to the north pole", ("89.9", "45", "0"), ("90", "0", "0")),
    ("to the south pole", ("-89.9", "45", "2835"), ("-90", "0", "2835")),
    ("across the north pole", ("89.9", "10", "0"), ("89.9", "-170", "0")),
    ("up from the north pole", ("90", "33", "0"), ("90", "-33", "800000")),
    ("the dead sea", ("31.559", "35.473", "-430"), ("31.778", "35.235", "754")),
    ("a mine below its mouth", ("-26.4", "27.5", "1500"), ("-26.41", "27.51", "-2000")),
]


def scattered(count):
    """Places all over, near and far, drawn with a fixed seed."""
    draw = random.Random(20240229)
    for number in range(count):
        lat, lon = draw.uniform(-90, 90), draw.uniform(-180, 180)
        reach = 10 ** draw.uniform(-4, 2)
        other = max(-90, min(90, lat + draw.uniform(-reach, reach)))
        beside = (lon + draw.uniform(-2 * reach, 2 * reach) + 180) % 360 - 180
        heights = draw.uniform(-400, 5000), 10 ** draw.uniform(0, 7.6)
        yield (
            f"scattered {number + 1}",
            (f"{lat:.7f}", f"{lon:.7f}", f"{heights[0]:.3f}"),
            (f"{other:.7f}", f"{beside:.7f}", f"{heights[1]:.3f}"),
        )


def main():
    out = sys.stdout
    out.write(
        "# Where one place is seen from another on WGS 84: degrees, metres above the ellipsoid.\n"
        "# Made by make-look-angles.py with 50 digits (mpmath "
        f"{mpmath.__version__}), compared with PROJ {pyproj.proj_version_str}.\n"
        "# No direction where both are within a centimetre; azimuth 0 straight up and down.\n"
        "name,observer_latitude,observer_longitude,observer_altitude,"
        "target_latitude,target_longitude,target_altitude,azimuth,elevation,range\n"
    )
    for name, observer, target in [*NAMED, *scattered(50)]:
        out.write(row(name, observer, target) + "\n")


main()
