// Entries over time, a lane for each conversation and each actor's timers. Of a part of the
// recording that can be moved and zoomed; only the lanes in view are drawn.

import {
  clippedText, followColours, onceAFrame, painter, roundStep, themeColours,
} from "./canvas.js";
import { KINDS, SECOND, lastAt } from "./scene.js";
import { clockText, lengthText } from "./times.js";

const LANE_HEIGHT = 22;
const GROUP_HEIGHT = 20;
/** With a row below the times where faults have their names. */
const AXIS_HEIGHTS = { plain: 22, withFaults: 38 };
const LABEL_WIDTHS = { narrow: 92, wide: 150 };
const NARROW_PIXELS = 600;
/** Nearer than this, an entry counts as hit. */
const REACH_PIXELS = 8;
/** Nearer than this, entries are drawn as how many they are, not one by one. */
const DENSE_PIXELS = 3;
/** Entries of a pixel that are looked at for their kinds. */
const LOOKED_AT = 24;
/** The nearest view: the steps of a turn cannot be told apart anyway. */
const LEAST_WIDTH = 2000;
const LABEL_ROOM = 46;

export class Lanes {
  from = 0;
  until = 1;
  #scroll;
  #canvas;
  #spacer;
  #line;
  #scene = null;
  #rows = [];
  #height = 0;
  #axisHeight = AXIS_HEIGHTS.plain;
  #moment = 0;
  #current = null;
  #colours = themeColours();
  #onView;
  #draw = onceAFrame(() => this.#paint());

  /**
   * `scroll` holds the spacer, the canvas and the moment's line. `onChoose(entry)` is called for an
   * entry that is pressed, `onMoment(time)` for a place between entries, `onView()` for another
   * part of the recording.
   */
  constructor({ scroll, canvas, spacer, line }, { onChoose, onMoment, onView }) {
    this.#scroll = scroll;
    this.#canvas = canvas;
    this.#spacer = spacer;
    this.#line = line;
    this.#onView = onView;
    scroll.addEventListener("scroll", this.#draw, { passive: true });
    new ResizeObserver(this.#draw).observe(scroll);
    followColours(() => {
      this.#colours = themeColours();
      this.#draw();
    });
    this.#listen(onChoose, onMoment);
  }

  open(scene) {
    this.#scene = scene;
    this.#rows = [];
    this.#axisHeight = AXIS_HEIGHTS[scene.faults.length > 0 ? "withFaults" : "plain"];
    this.#height = this.#axisHeight;
    this.#current = null;
    let group = null;
    for (const [index, lane] of scene.lanes.entries()) {
      if (lane.group !== group) this.#addRow({ title: lane.group }, GROUP_HEIGHT);
      this.#addRow({ lane, index }, LANE_HEIGHT);
      group = lane.group;
    }
    this.#spacer.style.height = `${this.#height}px`;
    this.showAll();
  }

  #addRow(row, height) {
    this.#rows.push({ ...row, y: this.#height });
    this.#height += height;
  }

  // ---- What part is shown

  showAll() {
    const margin = this.#scene.duration * 0.01;
    this.#setView(this.#scene.from - margin, this.#scene.until + margin);
  }

  /** Shows more or less around the moment if that is in view, else around the middle. */
  zoom(factor, around = null) {
    const isInView = this.#moment >= this.from && this.#moment <= this.until;
    const centre = around ?? (isInView ? this.#moment : (this.from + this.until) / 2);
    const width = this.until - this.from;
    const wanted = Math.max(LEAST_WIDTH, Math.min(this.#scene.duration * 1.02, width * factor));
    const left = centre - ((centre - this.from) / width) * wanted;
    this.#setView(left, left + wanted);
  }

  /** Moves the view and keeps it at the recording. */
  #setView(from, until) {
    const width = until - from;
    const middle = Math.min(this.#scene.until, Math.max(this.#scene.from, from + width / 2));
    const isWhole = width >= this.#scene.duration;
    this.from = isWhole ? from : middle - width / 2;
    this.until = this.from + width;
    this.#draw();
    this.#onView();
  }

  /** The moment and the entry that is chosen; the view follows. */
  showAt(time, entry) {
    this.#moment = time;
    const width = this.until - this.from;
    const isOut = time < this.from + width * 0.02 || time > this.until - width * 0.02;
    if (isOut && width < this.#scene.duration) this.#setView(time - width / 2, time + width / 2);
    if (entry !== this.#current) {
      this.#current = entry;
      this.#draw();
    }
    this.#placeLine();
  }

  #placeLine() {
    const x = this.#x(this.#moment);
    this.#line.hidden = x < this.#labelWidth;
    this.#line.style.transform = `translateX(${x.toFixed(1)}px)`;
  }

  get #width() {
    return this.#scroll.clientWidth;
  }

  get #labelWidth() {
    return this.#width < NARROW_PIXELS ? LABEL_WIDTHS.narrow : LABEL_WIDTHS.wide;
  }

  #x(time) {
    const share = (time - this.from) / (this.until - this.from);
    return this.#labelWidth + share * (this.#width - this.#labelWidth);
  }

  #time(x) {
    const share = (x - this.#labelWidth) / (this.#width - this.#labelWidth);
    return this.from + share * (this.until - this.from);
  }

  // ---- Pointer

  #listen(onChoose, onMoment) {
    const canvas = this.#canvas;
    let drag = null;
    canvas.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      drag = { x: event.offsetX, isClick: true };
      canvas.setPointerCapture(event.pointerId);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!drag) return;
      const moved = drag.x - event.offsetX;
      if (Math.abs(moved) > 3) drag.isClick = false;
      if (drag.isClick) return;
      const step = this.#time(this.#labelWidth + moved) - this.from;
      this.#setView(this.from + step, this.until + step);
      drag.x = event.offsetX;
    });
    canvas.addEventListener("pointerup", (event) => {
      if (drag?.isClick && event.offsetX >= this.#labelWidth) {
        const entry = this.#hit(event.offsetX, event.offsetY);
        if (entry) onChoose(entry);
        else onMoment(this.#time(event.offsetX));
      }
      drag = null;
    });
    canvas.addEventListener("pointercancel", () => { drag = null; });
    canvas.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.shiftKey) return;
      event.preventDefault();
      const turn = event.deltaY || event.deltaX;
      if (event.ctrlKey) {
        this.zoom(Math.exp(turn / 300), this.#time(event.offsetX));
      } else {
        const step = (this.until - this.from) * (turn / 1000);
        this.#setView(this.from + step, this.until + step);
      }
    }, { passive: false });
  }

  /** The entry at a point of the canvas, or null. */
  #hit(x, y) {
    const top = this.#scroll.scrollTop + y;
    const row = this.#rows.find((row) => row.lane && top >= row.y && top < row.y + LANE_HEIGHT);
    if (!row) return null;
    const { indices } = row.lane;
    const entryAt = (place) => this.#scene.entries[indices[place]];
    const before = lastAt(indices.length, this.#time(x), (place) => entryAt(place).at);
    const distance = (entry) => Math.abs(this.#x(entry.at) - x);
    const near = [entryAt(before), entryAt(before + 1)]
      .filter((entry) => entry && distance(entry) <= REACH_PIXELS)
      .sort((a, b) => distance(a) - distance(b));
    return near[0] ?? null;
  }

  // ---- Drawing

  #paint() {
    if (!this.#scene || this.#width === 0) return;
    const height = this.#scroll.clientHeight;
    const paint = painter(this.#canvas, this.#width, height);
    const top = this.#scroll.scrollTop;
    const inView = this.#rows.filter((row) =>
      row.y + LANE_HEIGHT > top + this.#axisHeight && row.y < top + height);
    this.#paintFaults(paint, height);
    for (const row of inView) this.#paintRow(paint, row, row.y - top);
    this.#paintLabels(paint, inView, top, height);
    this.#paintAxis(paint);
    this.#placeLine();
  }

  #paintFaults(paint, height, hasNames = false) {
    for (const { from, until, name } of this.#scene.faults) {
      const left = Math.max(this.#labelWidth, this.#x(from));
      const right = Math.min(this.#width, this.#x(until));
      if (right < this.#labelWidth || left > this.#width) continue;
      paint.fillStyle = this.#colours.warning;
      paint.globalAlpha = 0.14;
      paint.fillRect(left, 0, Math.max(2, right - left), height);
      paint.globalAlpha = 1;
      if (hasNames) clippedText(paint, name, left + 3, 30, right - left - 4);
    }
  }

  #paintRow(paint, row, y) {
    const middle = y + (row.lane ? LANE_HEIGHT / 2 : 0);
    paint.fillStyle = this.#colours.line;
    paint.fillRect(row.lane ? this.#labelWidth : 0, middle, this.#width, row.lane ? 0.5 : 1);
    if (row.lane) this.#paintEntries(paint, row.lane, middle);
    if (this.#current?.lanes.includes(row.index)) {
      paint.strokeStyle = this.#colours.accent;
      paint.lineWidth = 2;
      paint.strokeRect(this.#x(this.#current.at) - 5, middle - 9, 10, 18);
    }
  }

  /** Goes from pixel to pixel, so that the work is that of the screen and not of the recording. */
  #paintEntries(paint, { indices }, middle) {
    const { entries } = this.#scene;
    const at = (place) => entries[indices[place]].at;
    let place = lastAt(indices.length, this.from, at) + 1;
    while (place < indices.length && at(place) <= this.until) {
      const x = this.#x(at(place));
      const next = lastAt(indices.length, this.#time(x + DENSE_PIXELS), at) + 1;
      if (next - place > 1) {
        this.#paintDense(paint, indices, place, next, x, middle);
      } else {
        const entry = entries[indices[place]];
        paint.fillStyle = this.#colourOf(entry);
        tick(paint, entry.kind, x, middle);
        const room = (next < indices.length ? this.#x(at(next)) : this.#width) - x;
        if (room > LABEL_ROOM) {
          paint.fillStyle = this.#colours.faint;
          clippedText(paint, entry.summary, x + 7, middle, room - 13);
        }
      }
      place = next;
    }
  }

  /** So much at once: a bar, inputs below the line and outputs above it. */
  #paintDense(paint, indices, place, next, x, middle) {
    const size = Math.min(9, 3 + 1.6 * Math.log2(next - place));
    const looked = [...indices.slice(place, Math.min(next, place + LOOKED_AT))]
      .map((index) => this.#scene.entries[index]);
    const gravest = looked.find(({ level }) => level === "error")
      ?? looked.find(({ level }) => level === "warning");
    const kinds = KINDS.filter((kind) => looked.some((entry) => entry.kind === kind));
    const isBoth = kinds.includes("in") && kinds.includes("out");
    paint.fillStyle = this.#colourOf(gravest ?? looked[0]);
    if (!isBoth) {
      paint.fillRect(x - 1, middle - size, DENSE_PIXELS, 2 * size);
      return;
    }
    paint.fillStyle = this.#colours.good;
    paint.fillRect(x - 1, middle - size, DENSE_PIXELS, size);
    paint.fillStyle = this.#colours.accent;
    paint.fillRect(x - 1, middle, DENSE_PIXELS, size);
  }

  #colourOf({ kind, level }) {
    const { accent, good, faint, text, target, stop, warning } = this.#colours;
    if (kind === "log") return { error: stop, warning }[level] ?? text;
    return { in: accent, out: good, timer: faint, mark: target }[kind];
  }

  #paintLabels(paint, rows, top, height) {
    const width = this.#labelWidth - 6;
    paint.fillStyle = this.#colours.card;
    paint.fillRect(0, 0, width, height);
    for (const row of rows) {
      const isCurrent = row.lane && this.#current?.lanes.includes(row.index);
      paint.fillStyle = isCurrent ? this.#colours.accent
        : row.lane ? this.#colours.text : this.#colours.faint;
      const y = row.y - top + (row.lane ? LANE_HEIGHT : GROUP_HEIGHT) / 2;
      clippedText(paint, row.lane?.name ?? row.title, row.lane ? 10 : 0, y + 1, width - 10);
    }
  }

  #paintAxis(paint) {
    const left = this.#labelWidth - 6;
    paint.fillStyle = this.#colours.card;
    paint.fillRect(0, 0, this.#width, this.#axisHeight);
    this.#paintFaults(paint, this.#axisHeight, true);
    paint.fillStyle = this.#colours.faint;
    clippedText(paint, `${lengthText(this.until - this.from)} shown`, 0, 10, left);
    const pixels = Math.max(110, this.#width - left);
    const step = roundStep(((this.until - this.from) * 100) / pixels);
    const digits = step >= SECOND ? 0 : Math.min(3, Math.ceil(-Math.log10(step / SECOND)));
    const offset = this.#scene.wallClock(this.from) * 1e6 - this.from;
    // Ticks are round by the wall clock, which is what people compare with.
    const first = Math.ceil((this.from + (offset % step)) / step) * step - (offset % step);
    for (let time = first; time <= this.until; time += step) {
      const x = this.#x(time);
      if (x < this.#labelWidth) continue;
      paint.fillRect(x, 0, 1, 6);
      clippedText(paint, clockText(this.#scene.wallClock(time), digits), x + 4, 10, 95);
    }
  }
}

/** Inputs point down to the station, outputs up from it; shapes tell what colours tell. */
function tick(paint, kind, x, y) {
  paint.beginPath();
  switch (kind) {
    case "in": triangle(paint, x, y, 1); break;
    case "out": triangle(paint, x, y, -1); break;
    case "timer": paint.arc(x, y, 2.5, 0, 2 * Math.PI); break;
    case "log": paint.rect(x - 1.5, y - 7, 3, 14); break;
    default:
      paint.moveTo(x, y - 6);
      paint.lineTo(x + 5, y);
      paint.lineTo(x, y + 6);
      paint.lineTo(x - 5, y);
  }
  paint.fill();
}

function triangle(paint, x, y, down) {
  paint.moveTo(x - 3.5, y - 7 * down);
  paint.lineTo(x + 3.5, y - 7 * down);
  paint.lineTo(x, y + 7 * down);
}
