// The lines of a recording, turn by turn, each looked at before it is used: docs/recordings.md,
// "The format".

import { parseExactly } from "./plaintext.js";
import { KINDS } from "./scene.js";

/** The version of the format that this page reads. */
const VERSION = 1;

/** What is wrong with a line. */
export class Damage extends Error {}

/** Takes lines one by one and gives whole turns. */
export class RecordingLines {
  header = null;
  #entries = [];
  #lines = 0;
  #firstLine = 0;
  #lastTurn = null;
  #lastAt = -Infinity;
  #lastNumbers = { in: null, out: null };

  /** Lines taken that belong to no whole turn yet. */
  get openLines() {
    return this.#entries.length;
  }

  /** Takes the line of a header alone. */
  begin(text) {
    this.take(text);
    return this;
  }

  /** The turn that the line ends, `{number, at, firstLine, entries}`, or null; throws `Damage`. */
  take(text) {
    this.#lines += 1;
    const json = objectOf(text);
    if (this.header === null) {
      this.header = header(json);
      if (this.header.isFromStart) this.#lastNumbers = { in: 0, out: 0 };
      return null;
    }
    const isAtStart = this.#entries.length === 0;
    // Rows of the store at the start are for a replay by the station, not for a picture.
    if (json.row !== undefined && isAtStart && this.#lastTurn === null) return null;
    if (isAtStart) this.#firstLine = this.#lines;
    if (json.turn !== undefined) return this.#turn(json);
    this.#entries.push(this.#entry(json, text));
    return null;
  }

  #entry(json, text) {
    const kind = KINDS.find((name) => json[name] !== undefined);
    if (kind === undefined) throw new Damage("this kind of line is not known");
    if (!isCount(json.event)) throw missing("event", "a whole number");
    if (!Number.isInteger(json.at)) throw missing("at", "nanoseconds");
    const isMessage = kind === "in" || kind === "out";
    if (isMessage) this.#count(kind, json[kind]);
    const stream = isMessage ? json.stream : kind === "log" ? json.component ?? "" : json[kind];
    if (typeof stream !== "string") throw missing(isMessage ? "stream" : kind, "a text");
    return { kind, event: json.event, at: json.at, stream, content: contentOf(kind, json), text };
  }

  /** Inputs and outputs are numbered without gaps: a missing or moved line shows. */
  #count(kind, number) {
    if (!isCount(number) || number === 0) throw missing(kind, "a number from 1");
    const last = this.#lastNumbers[kind] ?? number - 1;
    if (number !== last + 1) throw new Damage(`out of order: ${kind} ${number} after ${last}`);
    this.#lastNumbers[kind] = number;
  }

  #turn({ turn: number, at, events, trace }) {
    if (!isCount(number)) throw missing("turn", "a whole number");
    if (!Number.isInteger(at)) throw missing("at", "nanoseconds");
    if (!isCount(events)) throw missing("events", "a whole number");
    if (!/^[0-9a-f]{16}$/i.test(trace)) throw missing("trace", "16 hexadecimal digits");
    if (this.#lastTurn !== null && number !== this.#lastTurn + 1) {
      throw new Damage(`out of order: turn ${number} after turn ${this.#lastTurn}`);
    }
    if (at < this.#lastAt) throw new Damage(`out of order: time goes back in turn ${number}`);
    const stray = this.#entries.find((entry) => entry.kind !== "mark" && entry.at !== at);
    if (stray) {
      throw new Damage(
        `out of order: event ${stray.event} is not of the time of its turn ${number}`);
    }
    const turn = { number, at, firstLine: this.#firstLine, entries: this.#entries };
    this.#lastTurn = number;
    this.#lastAt = at;
    this.#entries = [];
    return turn;
  }
}

function objectOf(text) {
  if (text === null) throw new Damage("not a line of JSON: not valid UTF-8");
  let json;
  try {
    json = parseExactly(text);
  } catch (error) {
    throw new Damage(`not a line of JSON: ${error.message}`);
  }
  if (json === null || typeof json !== "object" || Array.isArray(json)) {
    throw new Damage("not a line of JSON: it is not an object");
  }
  return json;
}

function header(json) {
  if (json.boresight !== "recording") throw new Damage("this is not a recording of boresight");
  const { version, utc_ns: utc, seed, pace, configuration } = json;
  if (!isCount(version) || version === 0) throw missing("version", "a whole number above 0");
  if (version > VERSION) {
    throw new Damage(`version ${version} is newer than this page reads (${VERSION}); `
      + "use the station that wrote it, or a newer one");
  }
  if (!/^-?\d+$/.test(utc)) throw missing("utc_ns", "a whole number");
  if (!/^[0-9a-f]{16}$/i.test(seed)) throw missing("seed", "16 hexadecimal digits");
  if (pace !== "live" && pace !== "virtual") throw missing("pace", '"live" or "virtual"');
  if (configuration === null || typeof configuration !== "object") {
    throw missing("configuration", "an object");
  }
  return {
    program: typeof json.program === "string" ? json.program : "unknown",
    utcNanoseconds: utc, seed, pace, configuration, isFromStart: json.from_start !== false,
  };
}

/** What a line says besides its place. */
function contentOf(kind, json) {
  const { event, at, ...content } = json;
  if (kind === "log") return content;
  delete content[kind];
  delete content.stream;
  return content;
}

const isCount = (value) => Number.isSafeInteger(value) && value >= 0;
const missing = (key, expected) => new Damage(`"${key}" must be ${expected}`);
