"""Makes moves.csv: where one ends after going straight on, computed apart from the program.

    python3 make-moves.py > moves.csv

Needs GeographicLib (Debian: python3-geographiclib), whose direct geodesic problem on WGS 84 is
exact to some nanometres (C. F. F. Karney, Algorithms for geodesics, J. Geodesy 87, 2013).
From a pole the bearing counts from the way that the meridian of the given longitude goes on.
"""

import random
import sys

import geographiclib
from geographiclib.geodesic import Geodesic

NAMED = [
    # name, latitude, longitude, bearing, metres
    ("nowhere", 51.999, 4.372, 77, 0),
    ("a step north", 51.999, 4.372, 0, 0.7),
    ("a hundred metres east", 51.999, 4.372, 90, 100),
    ("backwards", 51.999, 4.372, 90, -100),
    ("more than a turn of bearing", 51.999, 4.372, 405, 2500),
    ("along the equator", 0, 10, 90, 250000),
    ("along a meridian over the pole", 89, 25, 0, 500000),
    ("across the date line eastward", -17.7, 179.99, 95, 5000),
    ("across the date line westward", -17.7, -179.99, 265, 5000),
    ("from the north pole by bearing 0", 90, 30, 0, 10000),
    ("from the north pole by bearing 120", 90, 30, 120, 10000),
    ("from the south pole by bearing 0", -90, 30, 0, 10000),
    ("from the south pole by bearing 250", -90, 30, 250, 10000),
    ("to the other side of the Earth", 40, -4, 60, 20000000),
    ("once around and on", 48, 11, 33, 50000000),
]


def scattered(count):
    """All over, short and long, drawn with a fixed seed."""
    draw = random.Random(20240301)
    for number in range(count):
        yield (
            f"scattered {number + 1}",
            round(draw.uniform(-90, 90), 6),
            round(draw.uniform(-180, 180), 6),
            round(draw.uniform(0, 360), 3),
            round(10 ** draw.uniform(-1, 7.3), 3),
        )


def main():
    out = sys.stdout
    out.write(
        "# Where one ends after going straight on along WGS 84: degrees and metres.\n"
        f"# Made by make-moves.py with GeographicLib {geographiclib.__version__}.\n"
        "name,latitude,longitude,bearing,distance,end_latitude,end_longitude\n"
    )
    for name, latitude, longitude, bearing, distance in [*NAMED, *scattered(45)]:
        end = Geodesic.WGS84.Direct(latitude, longitude, bearing, distance)
        out.write(
            f"{name},{latitude},{longitude},{bearing},{distance},"
            f"{end['lat2']:.12f},{end['lon2']:.12f}\n"
        )


main()
