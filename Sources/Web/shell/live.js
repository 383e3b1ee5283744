// What every page needs to show values honestly: when a value was heard, how old it is by the
// station's own clock, and requests whose refusals can be shown as they are.

/** A value older than this many seconds is never shown as live. */
export const LIVE_SECONDS = 5;

/** A session lives a day: a greater age means another clock (a replay), not an old value. */
const BELIEVABLE_SECONDS = 86400;

/** The element with this id. */
export const $ = (id) => document.getElementById(id);

/** Sets an element's text only when it changes, so that live regions speak once. */
export function show(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** An element with attributes and children, which may be texts. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** The station's clock as seen from here, learned from the `Date` header of its answers. */
class StationClock {
  /** How far it is ahead of ours: between these, in milliseconds. */
  #least = null;
  #most = null;

  learn(response) {
    const date = Date.parse(response.headers.get("Date") ?? "");
    if (Number.isNaN(date)) return;
    // The header has whole seconds: each answer leaves a second, and many together far less.
    const least = date - Date.now();
    const most = least + 1000;
    const wasSet = this.#least === null || least > this.#most || most < this.#least;
    this.#least = wasSet ? least : Math.max(least, this.#least);
    this.#most = wasSet ? most : Math.min(most, this.#most);
  }

  get #offsetMilliseconds() {
    return this.#least === null ? null : (this.#least + this.#most) / 2;
  }

  /** Milliseconds since 1970 by the station's clock. */
  now() {
    return Date.now() + (this.#offsetMilliseconds ?? 0);
  }

  /** How many seconds ago the station stamped this time; 0 when that cannot be told. */
  secondsSince(time) {
    const stamped = Date.parse(time ?? "");
    if (Number.isNaN(stamped) || this.#offsetMilliseconds === null) return 0;
    // Half a second of header rounding plus the way here: below 2 s is not evidence of age.
    const seconds = (this.now() - stamped) / 1000;
    return seconds > 2 && seconds < BELIEVABLE_SECONDS ? seconds : 0;
  }

  /** Seconds until the station's clock says this time, 0 when it has; null without a time. */
  secondsUntil(time) {
    const moment = Date.parse(time ?? "");
    return Number.isNaN(moment) ? null : Math.max(0, (moment - this.now()) / 1000);
  }
}

export const stationClock = new StationClock();

/** A value with its age, counted on from the age that it had when it was heard. */
export class Reading {
  value = null;
  #ageWhenHeard = 0;
  #monotonic = 0;
  #wall = 0;

  set(value, ageSeconds = 0) {
    this.value = value;
    this.#ageWhenHeard = Math.max(0, ageSeconds);
    this.#monotonic = performance.now();
    this.#wall = Date.now();
  }

  clear() {
    this.value = null;
  }

  /**
   * Seconds. The greater of two clocks: the monotonic one may stand still while a phone sleeps,
   * the other may be set back.
   */
  get age() {
    const here = Math.max(performance.now() - this.#monotonic, Date.now() - this.#wall);
    return this.#ageWhenHeard + here / 1000;
  }

  get isLive() {
    return this.value !== null && this.age <= LIVE_SECONDS;
  }
}

/** "3 s", "4 min", "2 h". */
export function durationText(seconds) {
  if (seconds < 120) return `${Math.floor(seconds)} s`;
  if (seconds < 7200) return `${Math.floor(seconds / 60)} min`;
  return `${Math.floor(seconds / 3600)} h`;
}

/** "3 s ago", "4 min ago", "2 h ago". */
export function ageText(seconds) {
  return `${durationText(seconds)} ago`;
}

/** Shows a reading's age beside its value and marks the surrounding element when it is old. */
export function showAge(element, reading, box, connected) {
  const isOld = reading.value !== null && !(connected && reading.isLive);
  show(element, reading.value === null ? "" : (isOld ? "old: " : "") + ageText(reading.age));
  box.classList.toggle("old", isOld);
}

/** "12.3°", or a dash. */
export function degrees(value) {
  return Number.isFinite(value) ? `${value.toFixed(1)}°` : "–";
}

/** "48.13710, 11.57540, 520 m", or null when the coordinates are not numbers. */
export function placeText(latitude, longitude, altitude) {
  if (!Number.isFinite(latitude) || !Number.isFinite(longitude)) return null;
  const ground = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  return Number.isFinite(altitude) ? `${ground}, ${Math.round(altitude)} m` : ground;
}

/** "az 12.3°, el 4.5°" or a place; null when the target is neither. */
export function targetText(target) {
  if (Number.isFinite(target?.azimuth) && Number.isFinite(target?.elevation)) {
    return `az ${degrees(target.azimuth)}, el ${degrees(target.elevation)}`;
  }
  return placeText(target?.latitude, target?.longitude, target?.altitude);
}

/** The text with a full stop, so that another sentence may follow. */
export function sentence(text) {
  return text === "" || /[.!?…]$/.test(text) ? text : `${text}.`;
}

/** Why the station said no: its own words, and the status (0 when it did not answer). */
export class Refused extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

/** How long a request may take before the station counts as not answering, in milliseconds. */
const ANSWER_MILLISECONDS = 8000;

/**
 * A JSON request to the station. Gives the body, as a text if that is wanted, or null when there is
 * none; throws `Refused`.
 */
export async function request(method, path, options = {}) {
  const { body, bearer, limit = ANSWER_MILLISECONDS, isText = false } = options;
  const headers = { ...options.headers };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (bearer) headers.Authorization = `Bearer ${bearer}`;
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), limit);
  try {
    const response = await fetch(path, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: "no-store",
      // Who asks is said by the bearer alone: a cookie of an earlier login must not speak.
      credentials: "omit",
      signal: abort.signal,
    });
    stationClock.learn(response);
    const text = await response.text();
    const answer = parsed(text);
    if (response.ok) return isText ? text : answer;
    throw new Refused(
      response.status, refusal(answer) ?? `${response.status} ${response.statusText}`);
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new Refused(0, "The station does not answer.");
  } finally {
    clearTimeout(timer);
  }
}

/** The reason in a refusal, whichever of the station's APIs it came from. */
function refusal(answer) {
  const words = answer?.detail ?? answer?.message ?? answer?.error;
  if (typeof words === "string") return words;
  if (words && typeof words.message === "string") return words.message;
  // Fields with a list of what is wrong with each.
  const lists = Object.entries(answer ?? {}).filter(([, list]) => Array.isArray(list));
  const texts = lists.map(([field, list]) =>
    field === "non_field_errors" ? list.join(" ") : `${field}: ${list.join(" ")}`);
  return texts.length > 0 ? texts.join(" ") : null;
}

/** The JSON value in a text, or null. */
export function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Storage that may be forbidden (private windows): then nothing is kept. */
export function keep(storage, key, value) {
  try {
    if (value === null) window[storage].removeItem(key);
    else window[storage].setItem(key, value);
  } catch {
    // Nothing depends on it.
  }
}

export function kept(storage, key) {
  try {
    return window[storage].getItem(key);
  } catch {
    return null;
  }
}
