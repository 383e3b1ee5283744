// Which messages are listed, and where a moment stands among them.

import { KINDS, LEVELS, lastAt } from "./scene.js";

/** Work between two breaths of the page. */
const SLICE_MILLISECONDS = 10;
/** Entries between two looks at the clock. */
const STRIDE = 500;

/** What a list shows: of a lane, of some kinds, from a level of the log up, with a text. */
export class MessageFilter {
  lane = null;
  kinds = new Set(KINDS);
  /** Only lines of the log that are at least so grave; null for everything. */
  level = null;
  text = "";

  get isEverything() {
    return this.lane === null && this.kinds.size === KINDS.length && this.level === null
      && this.text === "";
  }

  /** A test of entries. */
  get test() {
    const { lane, kinds, text } = this;
    const least = LEVELS.indexOf(this.level);
    const pattern = text && new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "i");
    return (entry) => kinds.has(entry.kind)
      && (lane === null || entry.lanes.includes(lane))
      && (least < 0 || LEVELS.indexOf(entry.level) >= least)
      && (!pattern || pattern.test(entry.summary) || pattern.test(entry.content));
  }
}

/** The entries of a scene that a filter lets through, in order. */
export class Listing {
  #scene;
  /** Indices of entries; null for all of them. */
  #indices;

  constructor(scene, indices = null) {
    this.#scene = scene;
    this.#indices = indices;
  }

  /** Goes through a scene in slices; null when `isWanted()` said no meanwhile. */
  static async of(scene, filter, isWanted) {
    if (filter.isEverything) return new Listing(scene);
    const { test } = filter;
    const indices = [];
    let breathed = performance.now();
    for (const entry of scene.entries) {
      if (test(entry)) indices.push(entry.index);
      if (entry.index % STRIDE !== 0) continue;
      if (performance.now() - breathed < SLICE_MILLISECONDS) continue;
      await new Promise((resolve) => { setTimeout(resolve); });
      if (!isWanted()) return null;
      breathed = performance.now();
    }
    return new Listing(scene, Uint32Array.from(indices));
  }

  get length() {
    return this.#indices?.length ?? this.#scene.entries.length;
  }

  entryAt(place) {
    return this.#scene.entries[this.#indices ? this.#indices[place] : place] ?? null;
  }

  /** The place of the last entry until a moment; -1 before the first. */
  placeUntil(time) {
    return lastAt(this.length, time, (place) => this.entryAt(place).at);
  }

  /** The place of an entry, or of the last one before it. */
  placeOf(entry) {
    return lastAt(this.length, entry.index, (place) => this.entryAt(place).index);
  }
}
