// Makes a scene out of a recording's turns: the same data that a station gives and that a page
// made with `boresight trace --html` carries.

import { Narrator, utcText } from "./narrator.js";
import { cut, printable } from "./plaintext.js";
import { PositionTracks } from "./positions.js";
import { KINDS } from "./scene.js";

/** The bounds of a scene. */
export const SCENE_LIMITS = {
  /** What the largest file has; each takes some 300 bytes of the browser's memory. */
  entries: 300_000,
  /** Conversations after these share one lane for each kind. */
  lanes: 80,
  /** Characters of an entry as it stands in the file. */
  detailCharacters: 4000,
};

const GROUPS = [
  "Simulation", "Devices", "Clients", "Timers of actors", "Log", "Store", "Core",
];

export class SceneBuilder {
  #limits;
  #narrator = new Narrator();
  #lanes;
  #tracks = new PositionTracks();
  #marks = new SimulationMarks();
  #header;
  #clock;
  #entries = [];
  #leftOut = 0;
  #leftOutFrom = null;

  constructor(header, limits = SCENE_LIMITS) {
    this.#limits = limits;
    this.#lanes = new LaneNumbers(limits.lanes);
    this.#header = header;
    this.#clock = [[-(2 ** 53), milliseconds(header.utcNanoseconds)]];
    this.#tracks.addConfiguration(header.configuration);
  }

  add(turn) {
    const causes = new TurnCauses();
    for (const [index, entry] of turn.entries.entries()) {
      this.#add(entry, turn.number, turn.firstLine + index, causes);
    }
  }

  #add(entry, turn, line, causes) {
    const position = this.#entries.length;
    const summary = this.#narrator.words(entry);
    const cause = causes.of(entry, position);
    if (entry.content.utc_offset_ns !== undefined) {
      this.#clock.push([entry.at, milliseconds(entry.content.utc_offset_ns)]);
    }
    if (position >= this.#limits.entries) {
      this.#leftOut += 1;
      this.#leftOutFrom ??= entry.at;
      return;
    }
    this.#tracks.add(entry);
    this.#marks.add(entry);
    this.#entries.push({
      position, cause, summary, turn, line, at: entry.at, event: entry.event,
      kind: KINDS.indexOf(entry.kind),
      lanes: streams(entry).map((stream) => this.#lanes.number(laneOf(entry.kind, stream))),
      level: entry.kind === "log" ? String(entry.content.log) : "",
      content: cut(contentText(entry), this.#limits.detailCharacters),
    });
  }

  /** The scene's data; `droppedLines` is what a cut at the end took. */
  data(name, droppedLines) {
    // Marks are written when they are known, which may be after their time.
    const inOrder = this.#entries.sort((a, b) => a.at - b.at || a.position - b.position);
    const places = new Uint32Array(inOrder.length);
    for (const [index, entry] of inOrder.entries()) places[entry.position] = index;
    const lanes = this.#lanes.inOrder;
    const { program, pace, seed, utcNanoseconds, isFromStart } = this.#header;
    return {
      name: printable(name), program: printable(program), pace, seed,
      started: utcText(utcNanoseconds), from_start: isFromStart,
      from: inOrder[0]?.at ?? 0, until: inOrder[inOrder.length - 1]?.at ?? 0,
      left_out: this.#leftOut, left_out_from: this.#leftOutFrom, dropped_lines: droppedLines,
      clock: this.#clock, groups: GROUPS, lanes: lanes.list,
      entries: inOrder.map((entry) => [
        entry.at, entry.kind, entry.lanes.map((lane) => lanes.shownAt[lane]), entry.event,
        entry.turn, entry.line, causeNumber(entry.cause, places), entry.level, entry.summary,
        entry.content,
      ]),
      tracks: this.#tracks.inOrder, faults: this.#marks.faults,
      expectations: this.#marks.expectations,
    };
  }
}

/** An index, below 0 (`-2 - index`) when the cause is not of the same event; -1 for none. */
function causeNumber(cause, places) {
  // A cause beyond the bound is not among the entries.
  if (cause === null || cause.position >= places.length) return -1;
  return cause.isOfSameEvent ? places[cause.position] : -2 - places[cause.position];
}

function milliseconds(nanoseconds) {
  return Number(BigInt(nanoseconds) / 1_000_000n);
}

/** The conversations that an entry is part of: a frame may go to many sockets. */
function streams({ kind, stream }) {
  if (kind !== "out" || !stream.startsWith("ws/") || !stream.includes(",")) return [stream];
  return stream.slice(3).split(",").filter(Boolean).map((socket) => `ws/${socket}`);
}

/** A line's place, which is cut out of it; what group 1 holds is kept. */
const HEADS = [
  /^\{"(?:in|out)":\d+,"event":\d+,"at":-?\d+,"stream":"[^"\\]*",?/,
  /^\{"(?:timer|mark)":"[^"\\]*","event":\d+,"at":-?\d+,?/,
  /^(\{"log":"[^"\\]*"),"event":\d+,"at":-?\d+/,
];

/** What an entry says, as it stands in the file if that can be cut out. */
function contentText({ text, content }) {
  const head = HEADS.find((pattern) => pattern.test(text));
  const found = head?.exec(text);
  if (!found) return JSON.stringify(content);
  return (found[1] ?? "{") + text.slice(found[0].length);
}

/** Where an entry of that kind and stream is shown: `[group, name]`. */
function laneOf(kind, stream) {
  if (kind === "mark") return [0, stream];
  if (kind === "timer") return [3, stream];
  if (kind === "log") return [4, stream];
  const first = stream.split("/", 1)[0];
  // Every request is a stream of its own; a row for each would say nothing.
  if (first === "http") return [2, first];
  if (first === "ws") return [2, stream];
  if (first === "store") return [5, stream];
  if (first === "passwords") return [6, first];
  return [first === "clock" || first === "entropy" ? 6 : 1, stream];
}

/** Gives lanes numbers as they turn up. */
class LaneNumbers {
  #most;
  #lanes = [];
  #numbers = new Map();

  constructor(most) {
    this.#most = most;
  }

  number([group, name]) {
    const known = this.#numbers.get(`${group}/${name}`);
    if (known !== undefined) return known;
    const isFull = this.#lanes.length >= this.#most;
    const key = `${group}/${isFull ? "others" : name}`;
    const shared = this.#numbers.get(key);
    if (shared !== undefined) return shared;
    this.#lanes.push([group, printable(isFull ? "others" : name)]);
    this.#numbers.set(key, this.#lanes.length - 1);
    return this.#lanes.length - 1;
  }

  /** The lanes by group, as they turned up, and where each number stands among them. */
  get inOrder() {
    const order = this.#lanes.map((lane, number) => ({ lane, number }))
      .sort((a, b) => a.lane[0] - b.lane[0] || a.number - b.number);
    const shownAt = [];
    for (const [place, { number }] of order.entries()) shownAt[number] = place;
    return { list: order.map(({ lane }) => lane), shownAt };
  }
}

/** Finds what each entry of a turn follows from. */
class TurnCauses {
  #byEvent = new Map();
  #last = null;

  /** Null for what is a cause itself and for marks, which stand outside. */
  of({ kind, stream, event }, position) {
    if (kind === "mark") return null;
    if (kind === "timer" || (kind === "in" && stream !== "entropy")) {
      this.#byEvent.set(event, position);
      this.#last = position;
      return null;
    }
    const cause = this.#byEvent.get(event);
    if (cause !== undefined) return { position: cause, isOfSameEvent: true };
    return this.#last === null ? null : { position: this.#last, isOfSameEvent: false };
  }
}

/** The faults and expectations of a simulation. */
class SimulationMarks {
  faults = [];
  #expectations = [];

  get expectations() {
    return [...this.#expectations].sort((a, b) => a.at - b.at);
  }

  add({ kind, stream, at, content }) {
    if (kind !== "mark") return;
    const name = printable(String(content.name ?? "?"));
    if (stream === "fault" && content.phase === "ends") this.#end(name, at);
    else if (stream === "fault") this.faults.push({ name, from: at, until: null });
    if (stream === "expectation") {
      this.#expectations.push({ name, at, state: printable(String(content.state ?? "?")) });
    }
  }

  /** One whose beginning is not in the recording began before it. */
  #end(name, at) {
    const open = this.faults.filter((fault) => fault.name === name && fault.until === null).pop();
    if (open) open.until = at;
    else this.faults.push({ name, from: Math.min(0, at), until: at });
  }
}
