// The whole recording in one strip, behind the slider: how much was said when, warnings and errors,
// faults, expectations.

import { followColours, onceAFrame, painter, themeColours } from "./canvas.js";
import { lastAt } from "./scene.js";

const FLAG_HEIGHT = 14;
/** Flags closer together than this are drawn as one. */
const FLAG_PIXELS = 5;

export class Overview {
  #canvas;
  #scene = null;
  #columns = [];
  #colours = themeColours();
  #view = null;
  #draw = onceAFrame(() => this.#paint());

  constructor(canvas) {
    this.#canvas = canvas;
    new ResizeObserver(() => {
      this.#columns = [];
      this.#draw();
    }).observe(canvas);
    followColours(() => {
      this.#colours = themeColours();
      this.#draw();
    });
  }

  open(scene) {
    this.#scene = scene;
    this.#columns = [];
    this.#view = null;
    this.#draw();
  }

  /** Frames the part that the lanes show. */
  setView(from, until) {
    this.#view = { from, until };
    this.#draw();
  }

  #paint() {
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    if (!this.#scene || width === 0) return;
    if (this.#columns.length !== width) this.#columns = columns(this.#scene, width);
    const paint = painter(this.#canvas, width, height);
    const x = (time) => ((time - this.#scene.from) / this.#scene.duration) * width;
    this.#paintFaults(paint, x, height);
    this.#paintColumns(paint, height);
    this.#paintFlags(paint, x, width);
    if (this.#view) this.#paintView(paint, x, width, height);
  }

  #paintFaults(paint, x, height) {
    paint.fillStyle = this.#colours.warning;
    paint.globalAlpha = 0.25;
    for (const { from, until } of this.#scene.faults) {
      paint.fillRect(x(from), FLAG_HEIGHT, Math.max(2, x(until) - x(from)), height);
    }
    paint.globalAlpha = 1;
  }

  #paintColumns(paint, height) {
    const most = Math.max(1, ...this.#columns.map(({ count }) => count));
    const room = height - FLAG_HEIGHT - 2;
    for (const [column, { count, gravest }] of this.#columns.entries()) {
      if (count === 0) continue;
      // Logarithmic, so that a single message is seen beside a storm.
      const size = Math.max(3, (Math.log1p(count) / Math.log1p(most)) * room);
      paint.fillStyle = this.#colours.line;
      paint.fillRect(column, height - size, 1, size);
      if (gravest === "") continue;
      paint.fillStyle = gravest === "error" ? this.#colours.stop : this.#colours.warning;
      paint.fillRect(column, height - size, 1.5, Math.min(size, gravest === "error" ? 14 : 8));
    }
  }

  /** ✗ and ✓: the shape tells what the colour tells. */
  #paintFlags(paint, x, width) {
    let last = -Infinity;
    for (const { at, state } of this.#scene.expectations) {
      const isFailed = state !== "met";
      if (x(at) - last < FLAG_PIXELS && !isFailed) continue;
      last = x(at);
      const middle = Math.min(width - 6, Math.max(6, last));
      paint.fillStyle = isFailed ? this.#colours.stop : this.#colours.good;
      paint.textAlign = "center";
      paint.fillText(isFailed ? "✗" : "✓", middle, FLAG_HEIGHT / 2);
    }
    paint.textAlign = "start";
  }

  #paintView(paint, x, width, height) {
    const [left, right] = [Math.max(0, x(this.#view.from)), Math.min(width, x(this.#view.until))];
    if (right - left > width - 2) return;
    paint.strokeStyle = this.#colours.accent;
    paint.lineWidth = 1.5;
    paint.strokeRect(left, FLAG_HEIGHT, Math.max(3, right - left), height - FLAG_HEIGHT - 1);
  }
}

/** For each pixel how many entries there are, and the gravest line of the log. */
function columns(scene, width) {
  const { entries } = scene;
  const list = [];
  let next = 0;
  for (let column = 0; column < width; column += 1) {
    const end = scene.from + ((column + 1) / width) * scene.duration;
    const after = column === width - 1
      ? entries.length : lastAt(entries.length, end, (index) => entries[index].at) + 1;
    let gravest = "";
    for (let index = next; index < after; index += 1) {
      const { level } = entries[index];
      if (level === "error") gravest = level;
      else if (level === "warning" && gravest === "") gravest = level;
    }
    list.push({ count: after - next, gravest });
    next = after;
  }
  return list;
}
