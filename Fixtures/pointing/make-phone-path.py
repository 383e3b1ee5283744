#!/usr/bin/env python3
"""Makes phone-path.csv: a phone's way round a station, and where it is seen from there.

Independent of the product's own arithmetic: PROJ (python3-pyproj) makes Earth-centred coordinates
of EPSG:4979 positions, numpy turns them into the station's east, north and up.

    python3 make-phone-path.py > phone-path.csv
"""

import numpy as np
from pyproj import Geod, Transformer

STATION = (52.0, 4.36, 46.0)
to_ecef = Transformer.from_crs("EPSG:4979", "EPSG:4978", always_xy=True)


def ecef(latitude, longitude, altitude):
    return np.array(to_ecef.transform(longitude, latitude, altitude))


def look(latitude, longitude, altitude):
    phi, lam = np.radians(STATION[:2])
    d = ecef(latitude, longitude, altitude) - ecef(*STATION)
    east = np.array([-np.sin(lam), np.cos(lam), 0]) @ d
    north = np.array([-np.sin(phi) * np.cos(lam), -np.sin(phi) * np.sin(lam), np.cos(phi)]) @ d
    up = np.array([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)]) @ d
    return np.degrees(np.arctan2(east, north)) % 360, np.degrees(np.arctan2(up, np.hypot(east, north)))


print("# A phone goes round a station at 52.0, 4.36, 46 m: from the north-west through north to the")
print("# south and back. Made by make-phone-path.py with PROJ; free to use.")
print("latitude,longitude,altitude,azimuth,elevation")
ellipsoid = Geod(ellps="WGS84")
for step, bearing in enumerate([318, 327, 336, 345, 354, 3, 12, 21, 30, 40, 52, 45, 33, 20, 8, 357, 346]):
    longitude, latitude, _ = ellipsoid.fwd(STATION[1], STATION[0], bearing, 1200 + 40 * step)
    altitude = 150 + 25 * step
    latitude, longitude = round(latitude, 7), round(longitude, 7)
    azimuth, elevation = look(latitude, longitude, altitude)
    print(f"{latitude:.7f},{longitude:.7f},{altitude},{azimuth:.6f},{elevation:.6f}")
