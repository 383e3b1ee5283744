// A recording as it is shown: entries in lanes, ways, faults and expectations, asked by time.
// Times are nanoseconds of engine time, which begins with the station's start.

export const KINDS = ["in", "timer", "out", "log", "mark"];
/** How a kind is called and drawn in text; the signs are those of `boresight trace`. */
export const KIND_WORDS = {
  in: { sign: "→", words: "heard by the station" },
  out: { sign: "←", words: "said or done by the station" },
  timer: { sign: "◦", words: "timer" },
  log: { sign: "·", words: "log" },
  mark: { sign: "◆", words: "simulation" },
};
export const LEVELS = ["debug", "info", "warning", "error"];

export const SECOND = 1e9;
/** A recording of one moment still needs a width to be drawn in. */
const LEAST_DURATION = 1e6;
/** Entries looked at for what followed from one; a turn hardly ever has more. */
const MOST_OF_A_TURN = 5000;

/** Index of the last of `length` elements whose time is at or before `time`; -1 for none. */
export function lastAt(length, time, timeOf) {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (timeOf(middle) <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

const text = (value) => (typeof value === "string" ? value : "");
const number = (value) => (Number.isFinite(value) ? value : null);
const isNumbers = (value) => Array.isArray(value) && value.every(Number.isFinite);
const objects = (list) => (Array.isArray(list) ? list.filter(Boolean) : []);

/** The data of a scene that is none. */
export class NotAScene extends Error {}

export class Scene {
  #clock;

  /** Takes what a station, a file or a page gave; throws `NotAScene`. */
  constructor(data) {
    if (![data?.entries, data?.lanes, data?.clock].every(Array.isArray)) {
      throw new NotAScene("This is not a recording's scene.");
    }
    this.name = text(data.name) || "recording";
    this.program = text(data.program);
    this.pace = text(data.pace);
    this.isFromStart = data.from_start !== false;
    this.leftOut = number(data.left_out) ?? 0;
    this.leftOutFrom = number(data.left_out_from);
    this.droppedLines = number(data.dropped_lines) ?? 0;
    this.lanes = data.lanes.map((lane) => ({
      group: text(data.groups?.[lane?.[0]]) || "Others", name: text(lane?.[1]) || "(no name)",
      indices: [],
    }));
    this.entries = data.entries.map((values, index) => this.#entry(values, index));
    for (const entry of this.entries) {
      for (const lane of entry.lanes) this.lanes[lane].indices.push(entry.index);
    }
    this.from = this.entries[0]?.at ?? 0;
    const last = this.entries[this.entries.length - 1];
    this.until = Math.max(last?.at ?? 0, this.from + LEAST_DURATION);
    this.#clock = data.clock.filter(isNumbers);
    this.tracks = objects(data.tracks).map((track) => new Track(track));
    this.faults = objects(data.faults).filter(({ from }) => Number.isFinite(from))
      .map(({ name, from, until }) =>
        ({ name: text(name), from, until: number(until) ?? this.until }));
    this.expectations = objects(data.expectations).filter(({ at }) => Number.isFinite(at))
      .map(({ name, at, state }) => ({ name: text(name), at, state: text(state) }));
  }

  #entry(values, index) {
    if (!Array.isArray(values)) throw new NotAScene(`Entry ${index} is none.`);
    const [at, kind, lanes, event, turn, line, cause, level, summary, content] = values;
    const isSound = Number.isFinite(at) && KINDS[kind] !== undefined && Array.isArray(lanes)
      && lanes.every((lane) => this.lanes[lane] !== undefined) && Number.isInteger(cause)
      && typeof summary === "string" && typeof content === "string";
    if (!isSound) throw new NotAScene(`Entry ${index} is not understood.`);
    return {
      index, at, kind: KINDS[kind], lanes, event, turn, line, level, summary, content,
      cause: cause >= 0 ? cause : cause < -1 ? -2 - cause : null, isOfSameEvent: cause >= 0,
    };
  }

  get duration() {
    return this.until - this.from;
  }

  /** The last entry until a moment; -1 before the first. */
  lastUntil(time) {
    return lastAt(this.entries.length, time, (index) => this.entries[index].at);
  }

  causeOf(entry) {
    return entry.cause === null ? null : this.entries[entry.cause] ?? null;
  }

  /** What followed from an entry: entries of its turn, which all have its time. */
  effectsOf(entry) {
    const effects = [];
    const end = Math.min(this.entries.length, entry.index + MOST_OF_A_TURN);
    for (let index = entry.index + 1; index < end; index += 1) {
      const other = this.entries[index];
      if (other.at !== entry.at) break;
      if (other.cause === entry.index) effects.push(other);
    }
    return effects;
  }

  /** Tracks in the order of the roles. */
  tracksOf(...roles) {
    return roles.flatMap((role) => this.tracks.filter((track) => track.role === role));
  }

  /** The wall clock, as the station knew it then: milliseconds since 1970. */
  wallClock(time) {
    const step = lastAt(this.#clock.length, time, (index) => this.#clock[index][0]);
    return (this.#clock[Math.max(0, step)]?.[1] ?? 0) + time / 1e6;
  }
}

/** Where something was over time: points are `[at, …numbers]`. */
export class Track {
  constructor({ role, name, points }) {
    this.role = text(role);
    this.name = text(name);
    this.points = objects(points).filter((point) => isNumbers(point) && point.length >= 3);
  }

  #indexAt(time) {
    return lastAt(this.points.length, time, (index) => this.points[index][0]);
  }

  /** Its last point until a moment, or null. */
  pointAt(time) {
    return this.points[this.#indexAt(time)] ?? null;
  }

  /** The way until a moment, thinned to at most so many points. */
  wayUntil(time, most) {
    const last = this.#indexAt(time);
    const step = Math.max(1, Math.ceil((last + 1) / most));
    const way = [];
    for (let index = 0; index <= last; index += step) way.push(this.points[index]);
    if (last >= 0 && last % step !== 0) way.push(this.points[last]);
    return way;
  }
}
