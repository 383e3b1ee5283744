// Times and durations in words.

/** "45 s", "30 min", "1 h 30 min", "2 days". */
export function durationText(seconds) {
  if (!Number.isFinite(seconds) || seconds < 0) return "–";
  if (seconds < 120) return `${Math.round(seconds * 10) / 10} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return `${Math.round(hours / 24)} days`;
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}

/** What is left: "0:43", "12:03", "7:59:58". */
export function countdownText(seconds) {
  const whole = Math.max(0, Math.ceil(seconds));
  const two = (number) => String(number).padStart(2, "0");
  const minutes = Math.floor(whole / 60) % 60;
  const hours = Math.floor(whole / 3600);
  const rest = two(whole % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** A time of this device's zone: "21:30" or "21:30:05", with its date when that is not today's. */
export function timeText(milliseconds, hasSeconds = false) {
  if (!Number.isFinite(milliseconds)) return "–";
  const time = new Date(milliseconds);
  const how = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  if (hasSeconds) how.second = "2-digit";
  const clock = time.toLocaleTimeString("en-GB", how);
  if (time.toDateString() === new Date().toDateString()) return clock;
  return `${dateText(milliseconds)} ${clock}`;
}

/** "21 Nov 2026". */
export function dateText(milliseconds) {
  if (!Number.isFinite(milliseconds)) return "–";
  const how = { day: "numeric", month: "short", year: "numeric" };
  return new Date(milliseconds).toLocaleDateString("en-GB", how);
}

const UNITS = { s: 1, m: 60, h: 3600, d: 86400 };

/** Seconds of "45", "45s", "30m", "1.5h" or "2d"; null for nothing, NaN for what is none. */
export function typedSeconds(text) {
  const typed = text.trim().toLowerCase();
  if (typed === "") return null;
  const [, number, unit] = /^(\d+(?:\.\d+)?)\s*([smhd]?)$/.exec(typed) ?? [];
  return number === undefined ? NaN : Number(number) * UNITS[unit || "s"];
}

/** What `typedSeconds` reads: "45s", "30m", "8h"; empty for null. */
export function typedText(seconds) {
  if (!Number.isFinite(seconds)) return "";
  const unit = ["d", "h", "m"].find((name) => seconds % UNITS[name] === 0 && seconds > 0) ?? "s";
  return `${seconds / UNITS[unit]}${unit}`;
}
