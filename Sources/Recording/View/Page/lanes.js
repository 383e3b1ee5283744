// Entries over time, a lane for each conversation and each actor's timers.

const LANE_HEIGHT = 22;
const GROUP_HEIGHT = 20;
const LABEL_WIDTH = 168;
const AXIS_HEIGHT = 58;
/** Nearer than this, an entry counts as hit. */
const REACH = 7;
/** More arrows than this would only be a grey cloud; those of the selected entry are always there. */
const MOST_ARROWS = 250;

class Lanes {
  #model;
  #axis;
  #canvas;
  #colours = {};
  #rows = [];
  #height = 0;
  #width = 0;
  /** What is in view, in nanoseconds. */
  from = 0;
  until = 1;
  moment = 0;
  selected = null;
  hovered = null;

  constructor(axis, canvas, model) {
    this.#model = model;
    this.#axis = axis;
    this.#canvas = canvas;
    let group = -1;
    for (const [index, lane] of model.lanes.entries()) {
      if (lane.group !== group) {
        this.#rows.push({ title: model.groups[lane.group], y: this.#height });
        this.#height += GROUP_HEIGHT;
        group = lane.group;
      }
      this.#rows.push({ lane, index, y: this.#height });
      this.#height += LANE_HEIGHT;
    }
    this.#height = Math.max(this.#height, LANE_HEIGHT);
    this.readColours();
    this.fit();
  }

  readColours() {
    const style = getComputedStyle(document.documentElement);
    for (const name of ["text", "faint", "line", "card", "ground", "in", "out", "timer", "log",
      "mark", "fault", "good", "bad", "warning", "accent"]) {
      this.#colours[name] = style.getPropertyValue(`--${name}`).trim();
    }
  }

  fit() {
    const margin = (this.#model.until - this.#model.from) * 0.02;
    this.from = this.#model.from - margin;
    this.until = this.#model.until + margin;
  }

  zoom(factor, around) {
    const whole = (this.#model.until - this.#model.from) * 1.04;
    const width = Math.min(whole, Math.max(2000, (this.until - this.from) * factor));
    const share = (around - this.from) / (this.until - this.from);
    this.from = around - share * width;
    this.until = this.from + width;
    this.#hold();
  }

  pan(share) {
    const step = (this.until - this.from) * share;
    this.from += step;
    this.until += step;
    this.#hold();
  }

  /** Keeps the view at the recording. */
  #hold() {
    const width = this.until - this.from;
    const middle = Math.min(this.#model.until, Math.max(this.#model.from, this.from + width / 2));
    this.from = middle - width / 2;
    this.until = middle + width / 2;
  }

  reveal(time) {
    const width = this.until - this.from;
    if (time >= this.from + width * 0.03 && time <= this.until - width * 0.03) return;
    this.from = time - width / 2;
    this.until = time + width / 2;
  }

  x(time) {
    const share = (time - this.from) / (this.until - this.from);
    return LABEL_WIDTH + share * (this.#width - LABEL_WIDTH - 12);
  }

  time(x) {
    const share = (x - LABEL_WIDTH) / (this.#width - LABEL_WIDTH - 12);
    return this.from + share * (this.until - this.from);
  }

  /** The entry under the pointer, or null. */
  hit(x, y) {
    const row = this.#rows.find((row) => row.lane && y >= row.y && y < row.y + LANE_HEIGHT);
    if (!row || x < LABEL_WIDTH) return null;
    const { entries } = row.lane;
    const time = this.time(x);
    const before = lastAt(entries, time, (entry) => entry.at);
    let best = null;
    for (const entry of [entries[before], entries[before + 1]]) {
      if (!entry || Math.abs(this.x(entry.at) - x) > REACH) continue;
      if (!best || Math.abs(entry.at - time) < Math.abs(best.at - time)) best = entry;
    }
    return best;
  }

  rowOf(lane) {
    return this.#rows.find((row) => row.index === lane);
  }

  draw() {
    this.#width = this.#canvas.parentElement.clientWidth;
    const paint = this.#prepare(this.#canvas, this.#width, this.#height);
    this.#drawFaults(paint, this.#height);
    for (const row of this.#rows) this.#drawRow(paint, row);
    this.#drawArrows(paint);
    for (const row of this.#rows) if (row.lane) this.#drawEntries(paint, row);
    this.#drawMoment(paint, this.#height);
    this.#drawLabels(paint);
    this.#drawAxis(this.#prepare(this.#axis, this.#width, AXIS_HEIGHT));
  }

  #prepare(canvas, width, height) {
    const ratio = window.devicePixelRatio || 1;
    canvas.width = Math.max(1, Math.round(width * ratio));
    canvas.height = Math.max(1, Math.round(height * ratio));
    canvas.style.height = `${height}px`;
    const paint = canvas.getContext("2d");
    paint.scale(ratio, ratio);
    paint.font = '11px system-ui, "DejaVu Sans", sans-serif';
    paint.textBaseline = "middle";
    return paint;
  }

  #drawFaults(paint, height, withNames = false) {
    for (const fault of this.#model.faults) {
      const left = Math.max(LABEL_WIDTH, this.x(fault.from));
      const right = Math.min(this.#width, this.x(fault.until ?? this.#model.until));
      if (right < LABEL_WIDTH || left > this.#width) continue;
      paint.globalAlpha = 0.13;
      paint.fillStyle = this.#colours.fault;
      paint.fillRect(left, 0, Math.max(2, right - left), height);
      paint.globalAlpha = 1;
      if (withNames) this.#text(paint, fault.name, left + 4, 34, this.#colours.fault, right - left - 6);
    }
  }

  #drawRow(paint, row) {
    paint.fillStyle = this.#colours.line;
    if (row.lane) {
      paint.fillRect(LABEL_WIDTH, row.y + LANE_HEIGHT / 2, this.#width, 0.5);
    } else {
      paint.fillRect(0, row.y + 0.5, this.#width, 1);
    }
  }

  #drawLabels(paint) {
    paint.fillStyle = this.#colours.card;
    paint.fillRect(0, 0, LABEL_WIDTH - 8, this.#height);
    for (const row of this.#rows) {
      if (!row.lane) {
        this.#text(paint, row.title, 8, row.y + GROUP_HEIGHT / 2 + 1, this.#colours.faint, LABEL_WIDTH - 18);
        continue;
      }
      const isChosen = this.selected?.lanes.includes(row.index);
      const colour = isChosen ? this.#colours.accent : this.#colours.text;
      this.#text(paint, row.lane.name || "(no name)", 18, row.y + LANE_HEIGHT / 2, colour, LABEL_WIDTH - 28);
    }
  }

  #colour(entry) {
    if (entry.kind !== "log") return this.#colours[entry.kind];
    return this.#colours[{ error: "bad", warning: "warning" }[entry.level] ?? "log"];
  }

  #drawEntries(paint, row) {
    const { entries } = row.lane;
    const middle = row.y + LANE_HEIGHT / 2;
    let index = Math.max(0, lastAt(entries, this.from, (entry) => entry.at));
    let lastX = -Infinity;
    let lastKind = "";
    for (; index < entries.length; index += 1) {
      const entry = entries[index];
      const x = this.x(entry.at);
      if (x > this.#width) break;
      if (x < LABEL_WIDTH - 2) continue;
      if (x - lastX < 0.7 && entry.kind === lastKind) continue;
      paint.fillStyle = this.#colour(entry);
      this.#drawTick(paint, entry.kind, x, middle);
      const room = (entries[index + 1] ? this.x(entries[index + 1].at) : this.#width) - x;
      if (room > 46) this.#text(paint, entry.summary, x + 6, middle, this.#colours.faint, room - 12);
      lastX = x;
      lastKind = entry.kind;
    }
    for (const [entry, colour] of [[this.hovered, "text"], [this.selected, "accent"]]) {
      if (!entry?.lanes.includes(row.index)) continue;
      paint.strokeStyle = this.#colours[colour];
      paint.lineWidth = 2;
      paint.strokeRect(this.x(entry.at) - 5, middle - 9, 10, 18);
    }
  }

  /** Inputs point down to the core, outputs up from it; shapes tell what colours tell. */
  #drawTick(paint, kind, x, y) {
    paint.beginPath();
    if (kind === "in") paint.moveTo(x - 3.5, y - 7), paint.lineTo(x + 3.5, y - 7), paint.lineTo(x, y + 7);
    else if (kind === "out") paint.moveTo(x - 3.5, y + 7), paint.lineTo(x + 3.5, y + 7), paint.lineTo(x, y - 7);
    else if (kind === "timer") paint.arc(x, y, 2.5, 0, 2 * Math.PI);
    else if (kind === "log") paint.rect(x - 1.5, y - 7, 3, 14);
    else paint.moveTo(x, y - 6), paint.lineTo(x + 5, y), paint.lineTo(x, y + 6), paint.lineTo(x - 5, y);
    paint.fill();
  }

  #drawArrows(paint) {
    const list = this.#model.entries;
    const first = Math.max(0, lastAt(list, this.from, (entry) => entry.at));
    const last = lastAt(list, this.until, (entry) => entry.at);
    if (last - first <= MOST_ARROWS) {
      for (let index = first; index <= last; index += 1) this.#drawArrow(paint, list[index], 0.35);
    }
    for (const entry of [this.hovered, this.selected]) {
      if (!entry) continue;
      this.#drawArrow(paint, entry, 1);
      for (const effect of entry.effects) this.#drawArrow(paint, list[effect], 1);
    }
  }

  #drawArrow(paint, entry, alpha) {
    if (!entry || entry.cause === null) return;
    const cause = this.#model.entries[entry.cause];
    const from = this.rowOf(cause.lanes[0]);
    paint.strokeStyle = this.#colours.accent;
    paint.fillStyle = this.#colours.accent;
    paint.globalAlpha = alpha;
    paint.lineWidth = 1.2;
    paint.setLineDash(entry.isOfSameEvent ? [] : [3, 3]);
    for (const lane of entry.lanes) {
      const to = this.rowOf(lane);
      if (!from || !to || from === to) continue;
      const [x1, y1] = [this.x(cause.at), from.y + LANE_HEIGHT / 2];
      const [x2, y2] = [this.x(entry.at), to.y + LANE_HEIGHT / 2];
      const down = y2 > y1 ? 1 : -1;
      const end = y2 - down * 8;
      // Mostly one instant, so that a straight line would lie on the ticks.
      const bow = 10 + Math.min(30, Math.abs(y2 - y1) / 8);
      paint.beginPath();
      paint.moveTo(x1, y1);
      paint.bezierCurveTo(x1 - bow, y1, x2 - bow, end, x2, end);
      paint.stroke();
      paint.beginPath();
      paint.moveTo(x2 + 1, end + down * 2);
      paint.lineTo(x2 - 5, end - 3);
      paint.lineTo(x2 - 5, end + 3);
      paint.fill();
    }
    paint.setLineDash([]);
    paint.globalAlpha = 1;
  }

  #drawMoment(paint, height) {
    const x = this.x(this.moment);
    if (x < LABEL_WIDTH) return;
    paint.fillStyle = this.#colours.accent;
    paint.fillRect(x - 0.75, 0, 1.5, height);
  }

  #drawAxis(paint) {
    this.#drawFaults(paint, AXIS_HEIGHT, true);
    const width = this.until - this.from;
    const wanted = (width * 110) / Math.max(110, this.#width - LABEL_WIDTH);
    const power = 10 ** Math.floor(Math.log10(wanted));
    const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= wanted);
    const digits = Math.max(0, Math.min(9, 9 - Math.floor(Math.log10(step))));
    for (let tick = Math.ceil(this.from / step) * step; tick <= this.until; tick += step) {
      const x = this.x(tick);
      if (x < LABEL_WIDTH - 1) continue;
      paint.fillStyle = this.#colours.faint;
      paint.fillRect(x, 0, 1, 6);
      this.#text(paint, this.#model.sinceStart(tick, digits), x + 4, 10, this.#colours.faint, 105);
    }
    this.#drawFlags(paint);
    this.#drawMoment(paint, AXIS_HEIGHT);
    paint.fillStyle = this.#colours.card;
    paint.fillRect(0, 0, LABEL_WIDTH - 8, AXIS_HEIGHT);
    this.#text(paint, "since the start", 8, 10, this.#colours.faint, LABEL_WIDTH - 16);
    if (this.#model.faults.length > 0) this.#text(paint, "faults", 8, 34, this.#colours.fault, 100);
    if (this.#model.expectations.length > 0) {
      this.#text(paint, "expectations", 8, 49, this.#colours.text, 140);
    }
  }

  /** A flag for each expectation; one for all that stand closer together than a number is wide. */
  #drawFlags(paint) {
    const flags = [];
    for (const mark of this.#model.expectations) {
      const x = this.x(mark.at);
      if (x < LABEL_WIDTH || x > this.#width) continue;
      const last = flags[flags.length - 1];
      if (last && x - last.x < 24) last.marks.push(mark);
      else flags.push({ x, marks: [mark] });
    }
    for (const { x, marks } of flags) {
      const count = (state) => marks.filter((mark) => mark.state === state).length;
      const [met, failed] = [count("met"), count("failed")];
      const rest = marks.length - met - failed;
      const signs = [[failed, "✗"], [met, "✓"], [rest, "…"]].filter(([number]) => number > 0);
      const words = signs.map(([number, sign]) => (number > 1 ? `${number} ` : "") + sign);
      const text = words.join(" ") + (marks.length === 1 ? ` ${marks[0].name}` : "");
      const colour = this.#colours[failed > 0 ? "bad" : met > 0 ? "good" : "faint"];
      paint.fillStyle = colour;
      paint.fillRect(x, 42, 1.5, 16);
      const width = Math.min(170, paint.measureText(text).width + 4);
      const isAtEnd = x + width > this.#width;
      this.#text(paint, text, isAtEnd ? x - width - 2 : x + 4, 49, colour, width);
    }
  }

  /** Text that ends where there is no more room. */
  #text(paint, text, x, y, colour, room) {
    if (room < 8) return;
    paint.save();
    paint.beginPath();
    paint.rect(x, y - 9, room, 18);
    paint.clip();
    paint.fillStyle = colour;
    // Nothing longer is visible on any screen.
    paint.fillText(text.slice(0, 160), x, y);
    paint.restore();
  }
}
