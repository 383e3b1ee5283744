// Where the chosen locations were: their trails, loaded once and grown by what is heard live.

import { account } from "../shell/account.js";
import { Refused, stationClock } from "../shell/live.js";
import { placeOf } from "./locations.js";

/** So many trails are shown at a time: more could not be told apart. */
export const TRAILS_MOST = 12;
/** What the station keeps of a trail, too. */
const POSITIONS_MOST = 3631;
/** More corners of a line are not seen, and cost time with every picture. */
const LINE_MOST = 720;
/** What was heard live is asked for again so often, for the station's times and accuracies. */
const CONFIRM_MILLISECONDS = 5000;
const LOAD_MILLISECONDS = 20000;

/** One location's positions, `{time, latitude, longitude, accuracy}`, oldest first. */
class Trail {
  /** The station's positions, then those that were only heard live. */
  positions = [];
  isLoaded = false;
  isLoading = false;
  refusal = "";
  /** Grows with every change. */
  version = 0;
  #confirmed = 0;
  #lastTime = "";

  constructor(id) {
    this.id = id;
  }

  get hasUnconfirmed() {
    return this.#confirmed < this.positions.length;
  }

  /** The last position that the station has told of, or null. */
  get lastConfirmed() {
    return this.positions[this.#confirmed - 1] ?? null;
  }

  /** What the next question asks for. */
  get query() {
    return this.#lastTime ? `&since=${encodeURIComponent(this.#lastTime)}` : "";
  }

  /** A position that was heard just now. */
  add(place) {
    if (!place) return;
    const { latitude, longitude } = place;
    this.positions.push({ time: stationClock.now(), latitude, longitude, accuracy: null });
    this.#bound();
  }

  /** The station's answer takes the place of what was heard until the question went out. */
  take(features, askedAt) {
    const last = this.lastConfirmed?.time ?? -Infinity;
    const told = [];
    for (const { geometry, properties } of features) {
      const place = placeOf(geometry);
      const time = Date.parse(properties?.time ?? "");
      const isTold = properties?.time === this.#lastTime || time < last;
      if (!place || Number.isNaN(time) || isTold) continue;
      const { latitude, longitude } = place;
      const accuracy = Number.isFinite(properties.accuracy) ? properties.accuracy : null;
      told.push({ time, latitude, longitude, accuracy });
      this.#lastTime = properties.time;
    }
    const later = this.positions.slice(this.#confirmed).filter(({ time }) => time > askedAt);
    this.positions = [...this.positions.slice(0, this.#confirmed), ...told, ...later];
    this.#confirmed += told.length;
    this.isLoaded = true;
    this.#bound();
  }

  /** The index of the last position at or before a time; -1 when the trail begins later. */
  indexAt(time) {
    let low = 0;
    let high = this.positions.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.positions[middle].time <= time) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /**
   * The positions from the first to the last index as a line of at most `LINE_MOST` corners, one
   * for each equal part of `span` milliseconds, so that it keeps its shape while it grows.
   */
  line(first, last, span) {
    const part = ({ time }) => Math.floor((time * LINE_MOST) / span);
    const corners = this.positions.slice(first, last + 1).filter((position, index, all) =>
      index === 0 || index === all.length - 1 || part(position) !== part(all[index - 1]));
    return corners.map(({ latitude, longitude }) => [latitude, longitude]);
  }

  #bound() {
    this.version += 1;
    const surplus = this.positions.length - POSITIONS_MOST;
    if (surplus <= 0) return;
    this.positions.splice(0, surplus);
    this.#confirmed = Math.max(0, this.#confirmed - surplus);
  }
}

/** The trails of the chosen locations, in the order in which they were chosen. */
export class Trails {
  /** Grows when another trail is shown, or one less. */
  version = 0;
  #shown = new Map();
  #onChange;

  constructor(onChange) {
    this.#onChange = onChange;
    setInterval(() => this.#confirm(), CONFIRM_MILLISECONDS);
  }

  [Symbol.iterator]() {
    return this.#shown.values();
  }

  get size() {
    return this.#shown.size;
  }

  get(id) {
    return this.#shown.get(id) ?? null;
  }

  /** Shows a trail; gives the id of the one that had to go for it, or null. */
  show(id) {
    if (this.#shown.has(id)) return null;
    const [oldest] = this.#shown.keys();
    const isFull = this.#shown.size >= TRAILS_MOST;
    if (isFull) this.#shown.delete(oldest);
    const trail = new Trail(id);
    this.#shown.set(id, trail);
    this.version += 1;
    this.#load(trail);
    return isFull ? oldest : null;
  }

  hide(id) {
    if (this.#shown.delete(id)) this.version += 1;
  }

  clear() {
    this.#shown.clear();
    this.version += 1;
  }

  hear(location) {
    this.#shown.get(location.id)?.add(location.place);
  }

  /** After a gap: what was missed is in the station's trails. */
  reload() {
    for (const trail of this.#shown.values()) this.#load(trail);
  }

  /** When the oldest of the shown positions was, or null without any. */
  get begin() {
    const firsts = [...this].map(({ positions }) => positions[0]?.time ?? Infinity);
    const first = Math.min(Infinity, ...firsts);
    return Number.isFinite(first) ? first : null;
  }

  #confirm() {
    if (document.visibilityState !== "visible") return;
    for (const trail of this) {
      if (!trail.isLoaded || trail.hasUnconfirmed) this.#load(trail);
    }
  }

  async #load(trail) {
    if (trail.isLoading) return;
    trail.isLoading = true;
    const askedAt = stationClock.now();
    try {
      const path = `/v1/locations/${encodeURIComponent(trail.id)}/trail?format=geojson`;
      const answer = await account.request(
        "GET", path + trail.query, { limit: LOAD_MILLISECONDS });
      if (this.#shown.get(trail.id) !== trail) return;
      trail.take(Array.isArray(answer?.features) ? answer.features : [], askedAt);
      trail.refusal = "";
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      trail.refusal = error.message;
    } finally {
      trail.isLoading = false;
    }
    this.#onChange();
  }
}
