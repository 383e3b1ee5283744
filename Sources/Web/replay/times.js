// Moments in words.

import { SECOND } from "./scene.js";

const DATE = new Intl.DateTimeFormat("en-GB", {
  day: "numeric", month: "short", year: "numeric", timeZone: "UTC",
});

/** "21 Nov 2026" for milliseconds since 1970, or "" when there is no such day. */
export function dateText(milliseconds) {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? "" : DATE.format(date);
}

/** "08:01:02" with so many digits after the second. */
export function clockText(milliseconds, digits = 0) {
  const date = new Date(milliseconds);
  if (Number.isNaN(date.getTime())) return "–";
  const [, time] = /T(.*)Z/.exec(date.toISOString());
  return digits === 0 ? time.slice(0, 8) : time.slice(0, 9 + digits);
}

/** "21 Nov 2026 08:01:02 UTC" */
export function dayAndClockText(milliseconds) {
  return `${dateText(milliseconds)} ${clockText(milliseconds)} UTC`;
}

/** "12.345 s" of engine time. */
export function engineText(time, digits = 3) {
  return `${(time / SECOND).toFixed(digits)} s`;
}

/** "0.4 s", "12 s", "3 min", "2.5 h": how long something lasts. */
export function lengthText(nanoseconds) {
  const seconds = nanoseconds / SECOND;
  const short = (value) => String(Number(value.toFixed(value < 10 ? 1 : 0)));
  if (seconds < 0.95) return `${Number(seconds.toPrecision(1))} s`;
  if (seconds < 120) return `${short(seconds)} s`;
  if (seconds < 7200) return `${short(seconds / 60)} min`;
  return `${short(seconds / 3600)} h`;
}
