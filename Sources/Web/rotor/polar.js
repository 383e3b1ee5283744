// The sky as seen from the rotor: zenith in the middle, horizon at the rim, north up, east right;
// or east left, as it looks to somebody who lies on the ground.

import { keep, kept } from "../shell/live.js";

const SVG = "http://www.w3.org/2000/svg";
const RIM = 100;
/** Positions kept of the way that the rotor came. */
export const TRAIL_LENGTH = 120;
/** The planned path has a point this often, in degrees of the wider movement. */
const PATH_STEP = 3;
/** A path shorter than this on the plot would be hidden by the rotor's mark. */
const SHORTEST_PATH = 2;
const MIRROR = "polar-mirror";
/** A trail point is added after this much movement on the plot. */
const TRAIL_STEP = 0.7;

function draw(parent, name, attributes, text) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  parent.append(element);
  return element;
}

/** Plot coordinates. An elevation over 90° lies beyond the zenith; one below 0° on the rim. */
export function project(azimuth, elevation, rim = RIM) {
  const radius = (rim * (90 - Math.min(180, Math.max(0, elevation)))) / 90;
  const angle = (azimuth * Math.PI) / 180;
  return { x: radius * Math.sin(angle), y: -radius * Math.cos(angle) };
}

const point = ({ x, y }) => `${x.toFixed(2)} ${y.toFixed(2)}`;

/** A path along a circle, clockwise from one azimuth to another less than 360° away. */
function arc(from, to, radius) {
  const large = to - from > 180 ? 1 : 0;
  const [a, b] = [project(from, 0, radius), project(to, 0, radius)];
  return `M${point(a)} A${radius} ${radius} 0 ${large} 1 ${point(b)}`;
}

/** A part of the sky between two azimuths and two elevations. */
function sector({ min_azimuth: from, max_azimuth: to, min_elevation: low, max_elevation: high }) {
  const end = to > from ? to : to + 360;
  const [outer, inner] = [project(90, low).x, project(90, high).x];
  if (end - from >= 360) return circle(outer) + circle(inner);
  const large = end - from > 180 ? 1 : 0;
  const [a, b] = [project(end, 0, inner), project(from, 0, inner)];
  return `${arc(from, end, outer)} L${point(a)} A${inner} ${inner} 0 ${large} 0 ${point(b)} Z`;
}

const circle = (radius) =>
  `M${radius} 0 A${radius} ${radius} 0 1 1 ${-radius} 0 ` +
  `A${radius} ${radius} 0 1 1 ${radius} 0 Z`;

/** The points of a straight leg, which is bent on the plot. */
function leg(from, to) {
  const [turn, lift] = [to.azimuth - from.azimuth, to.elevation - from.elevation];
  const steps = Math.max(1, Math.ceil(Math.max(Math.abs(turn), Math.abs(lift)) / PATH_STEP));
  return Array.from({ length: Math.min(steps, 360) + 1 }, (_, step) => project(
    from.azimuth + (turn * step) / steps, from.elevation + (lift * step) / steps));
}

const isSector = (one) => ["min_azimuth", "max_azimuth", "min_elevation", "max_elevation"]
  .every((name) => Number.isFinite(one?.[name]));

export class PolarPlot {
  /** Somebody has pressed the plot: {azimuth, elevation}. */
  onPick = null;
  #svg;
  #sky;
  #names = [];
  #isMirrored = false;
  #limits;
  #path;
  #trail;
  #pointer;
  #rotor;
  #target;
  #points = [];

  constructor(svg) {
    svg.setAttribute("viewBox", "-122 -120 244 240");
    this.#svg = svg;
    const hatch = draw(draw(svg, "defs", {}), "pattern", {
      id: "hatch", width: 5, height: 5, patternUnits: "userSpaceOnUse",
      patternTransform: "rotate(45)",
    });
    draw(hatch, "rect", { width: 5, height: 5, class: "forbidden-ground" });
    draw(hatch, "line", { x1: 0, y1: 0, x2: 0, y2: 5, class: "forbidden-line" });
    // All but the names, which stay legible when the sky is mirrored.
    this.#sky = draw(svg, "g", {});
    draw(this.#sky, "circle", { r: RIM, class: "sky" });
    this.#limits = draw(this.#sky, "g", {});
    for (const elevation of [30, 60]) {
      draw(this.#sky, "circle", { r: project(90, elevation).x, class: "ring" });
    }
    draw(this.#sky, "path", { d: `M0 ${-RIM} V${RIM} M${-RIM} 0 H${RIM}`, class: "ring" });
    draw(this.#sky, "circle", { r: RIM, class: "rim" });
    for (const [name, azimuth] of [["N", 0], ["E", 90], ["S", 180], ["W", 270]]) {
      const { x, y } = project(azimuth, 0, 111);
      this.#names.push([draw(svg, "text", { x, y, class: "compass" }, name), x, 0]);
    }
    for (const elevation of [30, 60]) {
      const { x, y } = project(45, elevation);
      const name = draw(svg, "text", { y: y - 4, class: "ring-name" }, `${elevation}°`);
      this.#names.push([name, x, 3]);
    }
    this.isMirrored = false;
    this.#trail = draw(this.#sky, "polyline", { class: "trail" });
    this.#path = draw(this.#sky, "polyline", { class: "planned-path" });
    this.#pointer = draw(this.#sky, "line", { x1: 0, y1: 0, class: "pointer" });
    this.#target = draw(this.#sky, "g", { class: "target-mark" });
    draw(this.#target, "circle", { r: 7 });
    draw(this.#target, "circle", { r: 1.5, class: "dot" });
    this.#rotor = draw(this.#sky, "g", { class: "rotor-mark" });
    draw(this.#rotor, "path", { d: "M-6 0 H6 M0 -6 V6" });
    svg.addEventListener("click", (event) => this.#press(event));
    this.show({ rotor: null, target: null, isLive: false });
  }

  /** East on the left, as the sky is seen from below. */
  get isMirrored() {
    return this.#isMirrored;
  }

  set isMirrored(isMirrored) {
    this.#isMirrored = isMirrored;
    const sign = isMirrored ? -1 : 1;
    this.#sky.setAttribute("transform", `scale(${sign} 1)`);
    for (const [name, x, beside] of this.#names) name.setAttribute("x", sign * x + beside);
  }

  /** A check box that mirrors the plot, remembered on this device. */
  wireMirror(input) {
    input.checked = this.isMirrored = kept("localStorage", MIRROR) === "yes";
    input.addEventListener("change", () => {
      this.isMirrored = input.checked;
      keep("localStorage", MIRROR, input.checked ? "yes" : null);
    });
  }

  #press({ clientX, clientY }) {
    if (!this.onPick) return;
    const at = new DOMPoint(clientX, clientY).matrixTransform(this.#sky.getScreenCTM().inverse());
    const radius = Math.hypot(at.x, at.y);
    if (radius > RIM) return;
    this.onPick({
      azimuth: ((Math.atan2(at.x, -at.y) * 180) / Math.PI + 360) % 360,
      elevation: 90 - (90 * radius) / RIM,
    });
  }

  /** Draws where the rotor may not point; `rotor` as the station lists it, or null. */
  setLimits(rotor) {
    this.#limits.replaceChildren();
    if (!rotor) return;
    const forbid = (d) =>
      draw(this.#limits, "path", { d, fill: "url(#hatch)", "fill-rule": "evenodd" });
    for (const one of Array.isArray(rotor.keep_out) ? rotor.keep_out : []) {
      if (isSector(one)) forbid(sector(one)).setAttribute("class", "keep-out");
    }
    const { min_azimuth: left, max_azimuth: right } = rotor;
    const { min_elevation: low, max_elevation: high } = rotor;
    if (low > 0 && low < 90) forbid(circle(RIM) + circle(project(90, low).x));
    if (high > 0 && high < 90) forbid(circle(project(90, high).x));
    if (!Number.isFinite(left) || !Number.isFinite(right) || right <= left) return;
    if (right - left < 360) {
      forbid(`${arc(right, left + 360, RIM)} L0 0 Z`);
    } else if (right - left > 360) {
      const end = Math.min(right, left + 719);
      draw(this.#limits, "path", { d: arc(left + 360, end, RIM + 3), class: "overlap" });
    }
    for (const stop of [left, right]) {
      const { x, y } = project(stop, 0);
      draw(this.#limits, "line", { x1: 0, y1: 0, x2: x, y2: y, class: "end-stop" });
    }
  }

  /**
   * Moves the marks. `rotor` and `target` have `azimuth` and `elevation`, or are null; `way` has
   * the places to which the rotor turns one after the other, in its own degrees.
   */
  show({ rotor, target, way = [], isLive }) {
    const rotorAt = rotor && project(rotor.azimuth, rotor.elevation);
    const targetAt = target && project(target.azimuth, target.elevation);
    this.#place(this.#rotor, rotorAt);
    this.#place(this.#target, targetAt);
    this.#plan(isLive ? rotor : null, way);
    this.#pointer.classList.toggle("absent", !rotorAt);
    this.#rotor.classList.toggle("old", !isLive);
    this.#pointer.classList.toggle("old", !isLive);
    this.#target.classList.toggle("old", !isLive);
    if (!rotorAt) return;
    this.#pointer.setAttribute("x2", rotorAt.x.toFixed(2));
    this.#pointer.setAttribute("y2", rotorAt.y.toFixed(2));
    const last = this.#points.at(-1);
    if (last && Math.hypot(last.x - rotorAt.x, last.y - rotorAt.y) < TRAIL_STEP) return;
    this.#points.push(rotorAt);
    if (this.#points.length > TRAIL_LENGTH) this.#points.shift();
    this.#trail.setAttribute("points", this.#points.map(point).join(" "));
  }

  /** Draws another way that the rotor came, as after a jump in time. */
  setTrail(directions) {
    this.#points = directions.slice(-TRAIL_LENGTH)
      .map(({ azimuth, elevation }) => project(azimuth, elevation));
    this.#trail.setAttribute("points", this.#points.map(point).join(" "));
  }

  /** The way that the rotor will turn: the long way round, where that is the one it takes. */
  #plan(rotor, way) {
    const isAbsent = !rotor || way.length === 0;
    this.#path.classList.toggle("absent", isAbsent);
    if (isAbsent) return;
    const path = way.flatMap((to, index) => leg(way[index - 1] ?? rotor, to));
    const [first, last] = [path[0], path.at(-1)];
    const isShort = way.length === 1 && Math.abs(way[0].azimuth - rotor.azimuth) < 180
      && Math.hypot(last.x - first.x, last.y - first.y) < SHORTEST_PATH;
    this.#path.setAttribute("points", isShort ? "" : path.map(point).join(" "));
  }

  #place(mark, at) {
    mark.classList.toggle("absent", !at);
    if (at) mark.setAttribute("transform", `translate(${point(at)})`);
  }
}
