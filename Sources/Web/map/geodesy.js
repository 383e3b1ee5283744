// Directions and distances for drawing. The Earth is a sphere here: what is drawn is off by 0.3 %
// at the most, and what the rotor does is computed by the station on the ellipsoid.

/** The mean radius, in metres. */
const EARTH_METRES = 6371008.8;
/** Web Mercator's map is a square that ends here, north and south. */
export const MERCATOR_LATITUDE = 85.0511;
/** A line's points are this far apart at the most, in metres: beyond, its bends would show. */
const STEP_METRES = 50000;
/** And at the least this many, so that a short line is as smooth. */
const LEAST_STEPS = 8;
const CIRCLE_STEPS = 120;
/** A bearing's points begin this close to its origin, and each is this much further away. */
const FIRST_BEARING_METRES = 500;
const BEARING_GROWTH = 1.2;

const radians = (degrees) => (degrees * Math.PI) / 180;
const degrees = (angle) => (angle * 180) / Math.PI;

/** The same longitude from −180 to 180. */
export const wrapped = (longitude) => ((((longitude + 180) % 360) + 360) % 360) - 180;

/** True for an object with a latitude and a longitude that are on Earth. */
export function isPlace(place) {
  return Number.isFinite(place?.latitude) && Number.isFinite(place?.longitude)
    && Math.abs(place.latitude) <= 90 && Math.abs(place.longitude) <= 540;
}

/** The place that lies so far away in this direction. */
export function destination({ latitude, longitude }, azimuth, metres) {
  const [phi, theta, angle] = [radians(latitude), radians(azimuth), metres / EARTH_METRES];
  const sine = Math.sin(phi) * Math.cos(angle) + Math.cos(phi) * Math.sin(angle) * Math.cos(theta);
  const east = Math.sin(theta) * Math.sin(angle) * Math.cos(phi);
  const north = Math.cos(angle) - Math.sin(phi) * sine;
  return {
    latitude: degrees(Math.asin(Math.min(1, Math.max(-1, sine)))),
    longitude: longitude + degrees(Math.atan2(east, north)),
  };
}

/** How far it is from one place to another, and in which direction the way begins. */
export function course(from, to) {
  const [a, b] = [radians(from.latitude), radians(to.latitude)];
  const turn = radians(to.longitude - from.longitude);
  const half = Math.sin((b - a) / 2) ** 2 + Math.cos(a) * Math.cos(b) * Math.sin(turn / 2) ** 2;
  const east = Math.sin(turn) * Math.cos(b);
  const north = Math.cos(a) * Math.sin(b) - Math.sin(a) * Math.cos(b) * Math.cos(turn);
  return {
    metres: 2 * EARTH_METRES * Math.asin(Math.min(1, Math.sqrt(half))),
    azimuth: (degrees(Math.atan2(east, north)) + 360) % 360,
  };
}

/** The angle above the horizon at which a place is seen over the curved ground, in degrees. */
export function elevation(metres, fromAltitude, toAltitude) {
  const angle = metres / EARTH_METRES;
  if (angle === 0) return toAltitude >= fromAltitude ? 90 : -90;
  const ratio = (EARTH_METRES + fromAltitude) / (EARTH_METRES + toAltitude);
  return degrees(Math.atan2(Math.cos(angle) - ratio, Math.sin(angle)));
}

/** The places along the shortest way. */
export function line(from, to) {
  const { metres, azimuth } = course(from, to);
  const steps = Math.max(LEAST_STEPS, Math.ceil(metres / STEP_METRES));
  const places = [from];
  for (let step = 1; step < steps; step += 1) {
    places.push(destination(from, azimuth, (metres * step) / steps));
  }
  places.push(to);
  return places;
}

/** The places along a direction, as far as the horizon of the other side of the world. */
export function bearing(from, azimuth) {
  const places = [from];
  const longest = (EARTH_METRES * Math.PI) / 2;
  for (let metres = FIRST_BEARING_METRES; metres < longest;) {
    places.push(destination(from, azimuth, metres));
    metres = Math.min(metres * BEARING_GROWTH, metres + STEP_METRES);
  }
  return places;
}

/** The places that lie so far away, all around. */
export function circle(centre, metres) {
  return Array.from({ length: CIRCLE_STEPS + 1 }, (_, step) =>
    destination(centre, (360 * step) / CIRCLE_STEPS, metres));
}

// ---- On the map: units of the whole world, from the upper left corner of Web Mercator's square

export const unitX = (longitude) => (longitude + 180) / 360;

export function unitY(latitude) {
  const kept = Math.min(MERCATOR_LATITUDE, Math.max(-MERCATOR_LATITUDE, latitude));
  return (1 - Math.asinh(Math.tan(radians(kept))) / Math.PI) / 2;
}

export const longitudeAt = (x) => x * 360 - 180;

export const latitudeAt = (y) => degrees(Math.atan(Math.sinh(Math.PI * (1 - 2 * y))));

/** The world is so many metres wide where this latitude is: for lengths on the map. */
export const worldMetres = (latitude) =>
  2 * Math.PI * EARTH_METRES * Math.max(0.01, Math.cos(radians(latitude)));

/**
 * A line on the map that does not break at the antimeridian: each point follows the one before
 * it the short way round, and may so lie beyond the world's edge.
 */
export class Track {
  /** x and y in turn. */
  points;
  west = Infinity;
  east = -Infinity;

  constructor(places) {
    this.points = new Float64Array(places.length * 2);
    let x = 0;
    places.forEach(({ latitude, longitude }, index) => {
      const next = unitX(longitude);
      x = index === 0 ? next : x + (next - x) - Math.round(next - x);
      this.points[2 * index] = x;
      this.points[2 * index + 1] = unitY(latitude);
      this.west = Math.min(this.west, x);
      this.east = Math.max(this.east, x);
    });
  }
}
