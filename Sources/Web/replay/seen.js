// What a picture shows of messages: places, directions, the relay's frames and gpsd's reports.
// More forgiving than the station: what was refused is shown too.

import { objectIn } from "./plaintext.js";

/** `{azimuth, elevation}` of an object that names a direction, else null. */
export function directionOf(value) {
  const { azimuth, elevation } = value ?? {};
  return Number.isFinite(azimuth) && Number.isFinite(elevation) ? { azimuth, elevation } : null;
}

/** `{latitude, longitude, altitude}` of an object that names a place, else null. */
export function placeOf(value) {
  const { latitude, longitude, altitude } = value ?? {};
  return place(latitude, longitude, altitude);
}

/** The place of `[latitude, longitude, altitude]`, else null. */
export function placeOfNumbers(numbers) {
  return Array.isArray(numbers) ? place(...numbers) : null;
}

function place(latitude, longitude, altitude) {
  if (!Number.isFinite(latitude) || !Number.isFinite(longitude)) return null;
  return { latitude, longitude, altitude: Number.isFinite(altitude) ? altitude : null };
}

/** A message of the relay as `{type, …}`, or null when the text is another one. */
export function relayFrame(text) {
  const json = objectIn(text);
  switch (json?.type) {
    case "location": return locationFrame(json);
    case "target": {
      const direction = directionOf(json.target);
      const target = direction ? null : placeOf(json.target);
      return direction || target ? { type: "target", direction, place: target } : null;
    }
    case "mode": return typeof json.mode === "string" ? { type: "mode", mode: json.mode } : null;
    case "rotor": return rotorFrame(json);
    default: return null;
  }
}

function locationFrame({ geometry, accuracy }) {
  const numbers = Array.isArray(geometry?.coordinates) ? geometry.coordinates : [];
  if (numbers.length < 2 || numbers.length > 3) return null;
  const seen = place(numbers[1], numbers[0], numbers[2]);
  return seen && {
    type: "location", place: seen, accuracy: Number.isFinite(accuracy) ? accuracy : null,
  };
}

function rotorFrame(json) {
  const problems = Array.isArray(json.problems) ? json.problems : [];
  return {
    type: "rotor",
    name: typeof json.name === "string" ? json.name : null,
    direction: directionOf(json),
    target: directionOf(json.target),
    mode: typeof json.mode === "string" ? json.mode : null,
    isMoving: json.moving === true,
    problems: problems.map((problem) =>
      [problem?.source, problem?.detail].filter((word) => typeof word === "string").join(": ")),
  };
}

/** The reports of gpsd in what it sent: `{line, report}`, the report null for a part of a line. */
export function gpsdReports(text) {
  return text.split(/[\r\n]+/).filter(Boolean)
    .map((line) => ({ line, report: objectIn(line) }));
}

/** The place of a TPV report (gpsd_json(5)), or null. */
export function fixOf(report) {
  return place(report.lat, report.lon, report.altHAE ?? report.alt);
}
