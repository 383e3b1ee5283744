// Positions as people write them, with how exact they are: "48.1371", "48° 08' 13.6\" N",
// "48 08.23 N", "JN58td". Nothing here touches the page.

const METRES_PER_DEGREE = 111320;
const NUMBER = "(\\d+(?:[.,]\\d+)?)";
const ANGLE = new RegExp(
  `^([-+]?)\\s*${NUMBER}(?:\\s*[°ºd:\\s]\\s*${NUMBER}(?:\\s*['′’m:\\s]\\s*${NUMBER})?)?` +
  "\\s*[°º'′’m\"″”]*$", "i");
const LOCATOR = /^([A-R]{2})(\d{2})(?:([A-X]{2})(\d{2})?)?$/i;

/** The letters of each axis. No "O": it is east for some and west for others. */
export const LATITUDE = { limit: 90, positive: "N", negative: "S" };
export const LONGITUDE = { limit: 180, positive: "E", negative: "W" };

/**
 * `{degrees, within}`, or null when the text is no such angle: decimal degrees, degrees and
 * minutes, or degrees, minutes and seconds, with a sign or a letter. `within` is half of the last
 * digit that was written, in degrees.
 */
export function typedAngle(text, { limit, positive, negative }) {
  const side = `([${positive}${negative}])?`;
  const form = new RegExp(`^${side}\\s*(.*?)\\s*${side}$`, "is");
  const [, before, middle, after] = form.exec(text.trim().replace("−", "-"));
  if (before && after) return null;
  const letter = (before ?? after ?? "").toUpperCase();
  const match = ANGLE.exec(middle);
  if (!match || (letter && match[1])) return null;
  const written = match.slice(2).filter((part) => part !== undefined)
    .map((part) => part.replace(",", "."));
  // Only the last part may have a fraction, and minutes and seconds end at 60.
  if (written.slice(0, -1).some((part) => part.includes("."))) return null;
  if (written.slice(1).some((part) => Number(part) >= 60)) return null;
  const size = written.reduce((sum, part, index) => sum + Number(part) / 60 ** index, 0);
  if (size > limit) return null;
  const decimals = written.at(-1).split(".")[1]?.length ?? 0;
  const isNegative = letter === negative || match[1] === "-";
  return {
    degrees: isNegative ? -size : size,
    within: 0.5 / 10 ** decimals / 60 ** (written.length - 1),
  };
}

/** The middle of a Maidenhead locator's field, `{latitude, longitude, accuracy}`, or null. */
export function locatorPlace(text) {
  const match = LOCATOR.exec(text.trim());
  if (!match) return null;
  const [, field, square, subsquare, extended] = match;
  const letter = (pair, index) => pair.toUpperCase().charCodeAt(index) - 65;
  // Sizes in degrees of longitude; of latitude it is half as much.
  let size = 20;
  const corner = [0, 1].map((axis) => letter(field, axis) * size);
  const refine = (parts, digit) => {
    size /= parts;
    for (const axis of [0, 1]) corner[axis] += digit(axis) * size;
  };
  refine(10, (axis) => Number(square[axis]));
  if (subsquare) refine(24, (axis) => letter(subsquare, axis));
  if (extended) refine(10, (axis) => Number(extended[axis]));
  const [longitude, latitude] = corner.map((from) => from + size / 2);
  return exactPlace({ degrees: latitude / 2 - 90, within: size / 4 },
    { degrees: longitude - 180, within: size / 2 });
}

/** Metres from the place to the farthest one that would be written the same. */
function exactPlace(latitude, longitude) {
  const north = latitude.within * METRES_PER_DEGREE;
  const east = longitude.within * METRES_PER_DEGREE * Math.cos(latitude.degrees * Math.PI / 180);
  return {
    latitude: latitude.degrees,
    longitude: longitude.degrees,
    accuracy: Math.max(1, Math.ceil(Math.hypot(north, east))),
  };
}

/** Splits "48.1371, 11.5754" and the like into its two angles; null when it is no pair. */
export function splitPair(text) {
  const trimmed = text.trim();
  const clear = (part) => /[.°ºNSEW]/i.test(part);
  for (const { 0: gap, index } of trimmed.matchAll(/[,;]\s*|\s+/g)) {
    const halves = [trimmed.slice(0, index).trim(), trimmed.slice(index + gap.length).trim()];
    // "48,1" and "48 13" may each be one angle; two plain numbers need a clear gap.
    if (!/^;|^,\s/.test(gap) && !halves.every(clear)) continue;
    const isPair = typedAngle(halves[0], LATITUDE) && typedAngle(halves[1], LONGITUDE);
    if (isPair) return halves;
  }
  return null;
}

/**
 * The place that two fields give, `{latitude, longitude, accuracy}`: an angle in each, or both
 * angles or a locator in the first. What cannot be read is missing.
 */
export function typedPlace(first, second) {
  const located = locatorPlace(first);
  if (located) return located;
  const [north, east] = splitPair(first) ?? [first, second];
  const latitude = typedAngle(north, LATITUDE);
  const longitude = typedAngle(east, LONGITUDE);
  if (latitude && longitude) return exactPlace(latitude, longitude);
  return { latitude: latitude?.degrees, longitude: longitude?.degrees };
}

/** Metres, undefined when nothing was typed, NaN when it is no height on or near the Earth. */
export function typedAltitude(text) {
  const trimmed = text.trim();
  if (trimmed === "") return undefined;
  const form = /^([-+−]?\d+(?:[.,]\d+)?)\s*m?$/i.exec(trimmed);
  const value = form ? Number(form[1].replace(",", ".").replace("−", "-")) : NaN;
  return Math.abs(value) <= 100000 ? value : NaN;
}

/** How many digits of a degree are worth writing for a place that is so exact, in metres. */
export function digitsFor(accuracy) {
  const digits = Math.round(Math.log10(METRES_PER_DEGREE / 2 / accuracy));
  return Number.isFinite(digits) ? Math.min(5, Math.max(0, digits)) : 5;
}

/** "±8 m", "±6.5 km". */
export function accuracyText(metres) {
  return metres < 1000 ? `±${Math.ceil(metres)} m` : `±${(metres / 1000).toFixed(1)} km`;
}
