// A recording as TracePage+Content.swift wrote it. Times are nanoseconds of engine time.

const KINDS = ["in", "timer", "out", "log", "mark"];

/** Index of the last element whose time is at or before `time`; -1 when there is none. */
function lastAt(list, time, timeOf) {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (timeOf(list[middle]) <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

class Model {
  constructor(data) {
    Object.assign(this, {
      name: data.name, program: data.program, pace: data.pace, seed: data.seed,
      started: data.started, fromStart: data.from_start, leftOut: data.left_out,
      leftOutFrom: data.left_out_from, droppedLines: data.dropped_lines, groups: data.groups,
      clock: data.clock, faults: data.faults, expectations: data.expectations,
    });
    this.from = data.from;
    // A recording of one moment still needs a width to be drawn in.
    this.until = Math.max(data.until, data.from + 1e6);
    this.lanes = data.lanes.map(([group, name]) => ({ group, name, entries: [] }));
    this.entries = data.entries.map(
      ([at, kind, lanes, event, turn, line, cause, level, summary, content], index) => ({
        index, at, kind: KINDS[kind], lanes, event, turn, line, level, summary, content,
        cause: cause >= 0 ? cause : cause < -1 ? -2 - cause : null,
        isOfSameEvent: cause >= 0, effects: [],
      }),
    );
    for (const entry of this.entries) {
      for (const lane of entry.lanes) this.lanes[lane].entries.push(entry);
      if (entry.cause !== null) this.entries[entry.cause].effects.push(entry.index);
    }
    this.tracks = data.tracks;
  }

  /** What a track says at a moment: its last point until then, or null. */
  pointAt(track, time) {
    const index = lastAt(track.points, time, (point) => point[0]);
    return index < 0 ? null : track.points[index];
  }

  /** The way until a moment, thinned to what can be seen. */
  wayUntil(track, time, most = 1500) {
    const count = lastAt(track.points, time, (point) => point[0]) + 1;
    const step = Math.max(1, Math.ceil(count / most));
    const way = [];
    for (let index = 0; index < count; index += step) way.push(track.points[index]);
    if (count > 0 && (count - 1) % step !== 0) way.push(track.points[count - 1]);
    return way;
  }

  /** Tracks in the order of the roles. */
  of(...roles) {
    return roles.flatMap((role) => this.tracks.filter((track) => track.role === role));
  }

  sinceStart(time, digits = 3) {
    return `${(time / 1e9).toFixed(digits)} s`;
  }

  utc(time) {
    const step = this.clock[Math.max(0, lastAt(this.clock, time, (entry) => entry[0]))];
    const date = new Date(step[1] + time / 1e6);
    return Number.isNaN(date.getTime()) ? "" : date.toISOString().replace("T", " ");
  }
}

const SVG = "http://www.w3.org/2000/svg";

function draw(parent, name, attributes, text) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  parent.append(element);
  return element;
}
