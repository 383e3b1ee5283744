// Where a phone's top edge points, from the angles that its sensors tell (W3C DeviceOrientation).
// Nothing here touches the page.

const RADIANS = Math.PI / 180;

/**
 * The top edge's `{azimuth, elevation}` in degrees, the azimuth from magnetic north; null when the
 * event knows no north.
 */
export function topEdge({ absolute, alpha, beta, webkitCompassHeading: heading }) {
  if (!Number.isFinite(beta)) return null;
  // Leant back beyond upright, the top edge comes down again on the other side.
  const isOver = Math.abs(beta) > 90;
  const elevation = isOver ? Math.sign(beta) * 180 - beta : beta;
  if (Number.isFinite(heading)) return { azimuth: whole(heading), elevation };
  if (!absolute || !Number.isFinite(alpha)) return null;
  return { azimuth: whole((isOver ? 180 : 360) - alpha), elevation };
}

/** Degrees from 0 up to 360. */
export function whole(azimuth) {
  return ((azimuth % 360) + 360) % 360;
}

/** The smaller angle between two azimuths, in degrees. */
export function azimuthsApart(one, other) {
  return Math.abs(((one - other) % 360 + 540) % 360 - 180);
}

/** Takes a hand's trembling out of a direction, over about `seconds`. */
export class Steadied {
  #seconds;
  #vector = null;
  #at = 0;

  constructor(seconds) {
    this.#seconds = seconds;
  }

  /** Adds what was seen at a time in seconds; the steadied `{azimuth, elevation}`. */
  add({ azimuth, elevation }, at) {
    const [a, e] = [azimuth * RADIANS, elevation * RADIANS];
    const seen = [Math.sin(a) * Math.cos(e), Math.cos(a) * Math.cos(e), Math.sin(e)];
    const share = this.#vector === null ? 1 : 1 - Math.exp((this.#at - at) / this.#seconds);
    this.#vector = seen.map((part, axis) => {
      const before = this.#vector?.[axis] ?? part;
      return before + share * (part - before);
    });
    this.#at = at;
    const [east, north, up] = this.#vector;
    return {
      azimuth: whole(Math.atan2(east, north) / RADIANS),
      elevation: Math.atan2(up, Math.hypot(east, north)) / RADIANS,
    };
  }
}
