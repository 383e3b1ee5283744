// Times of the station in words.

import { stationClock } from "../shell/live.js";

/** "21 Nov, 14:03:22". */
export function timeText(time) {
  const moment = new Date(time ?? NaN);
  if (Number.isNaN(moment.getTime())) return "–";
  return moment.toLocaleString("en-GB", {
    day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", second: "2-digit",
  });
}

/** Seconds until a time by the station's clock; null without one. */
export function secondsUntil(time) {
  const moment = Date.parse(time ?? "");
  return Number.isNaN(moment) ? null : Math.max(0, (moment - stationClock.now()) / 1000);
}

/** "1 d 02 h", "1 h 02 min", "4 min 09 s", "9 s". */
export function durationText(seconds) {
  const whole = Math.ceil(seconds);
  const parts = (large, small, unit, smallUnit) =>
    `${Math.floor(whole / large)} ${unit} ` +
    `${String(Math.floor((whole % large) / small)).padStart(2, "0")} ${smallUnit}`;
  if (whole >= 86400) return parts(86400, 3600, "d", "h");
  if (whole >= 3600) return parts(3600, 60, "h", "min");
  return whole >= 60 ? parts(60, 1, "min", "s") : `${whole} s`;
}
