// The sky as seen from the rotor: zenith in the middle, horizon at the rim, north up, east right.

const SVG = "http://www.w3.org/2000/svg";
const RIM = 100;
/** Positions kept of the way that the rotor came. */
const TRAIL_LENGTH = 120;
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

export class PolarPlot {
  #limits;
  #trail;
  #pointer;
  #rotor;
  #target;
  #points = [];

  constructor(svg) {
    svg.setAttribute("viewBox", "-122 -120 244 240");
    const hatch = draw(draw(svg, "defs", {}), "pattern", {
      id: "hatch", width: 5, height: 5, patternUnits: "userSpaceOnUse",
      patternTransform: "rotate(45)",
    });
    draw(hatch, "rect", { width: 5, height: 5, class: "forbidden-ground" });
    draw(hatch, "line", { x1: 0, y1: 0, x2: 0, y2: 5, class: "forbidden-line" });
    draw(svg, "circle", { r: RIM, class: "sky" });
    this.#limits = draw(svg, "g", {});
    for (const elevation of [30, 60]) {
      draw(svg, "circle", { r: project(90, elevation).x, class: "ring" });
    }
    draw(svg, "path", { d: `M0 ${-RIM} V${RIM} M${-RIM} 0 H${RIM}`, class: "ring" });
    draw(svg, "circle", { r: RIM, class: "rim" });
    for (const [name, azimuth] of [["N", 0], ["E", 90], ["S", 180], ["W", 270]]) {
      const { x, y } = project(azimuth, 0, 111);
      draw(svg, "text", { x, y, class: "compass" }, name);
    }
    for (const elevation of [30, 60]) {
      const { x, y } = project(45, elevation);
      draw(svg, "text", { x: x + 3, y: y - 4, class: "ring-name" }, `${elevation}°`);
    }
    this.#trail = draw(svg, "polyline", { class: "trail" });
    this.#pointer = draw(svg, "line", { x1: 0, y1: 0, class: "pointer" });
    this.#target = draw(svg, "g", { class: "target-mark" });
    draw(this.#target, "circle", { r: 7 });
    draw(this.#target, "circle", { r: 1.5, class: "dot" });
    this.#rotor = draw(svg, "g", { class: "rotor-mark" });
    draw(this.#rotor, "path", { d: "M-6 0 H6 M0 -6 V6" });
    this.show({ rotor: null, target: null, isLive: false });
  }

  /** Draws where the rotor may not point; `rotor` as the station lists it, or null. */
  setLimits(rotor) {
    this.#limits.replaceChildren();
    this.#points = [];
    if (!rotor) return;
    const forbid = (d) =>
      draw(this.#limits, "path", { d, fill: "url(#hatch)", "fill-rule": "evenodd" });
    const circle = (radius) =>
      `M${radius} 0 A${radius} ${radius} 0 1 1 ${-radius} 0 ` +
      `A${radius} ${radius} 0 1 1 ${radius} 0 Z`;
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

  /** Moves the marks. `rotor` and `target` have `azimuth` and `elevation`, or are null. */
  show({ rotor, target, isLive }) {
    const rotorAt = rotor && project(rotor.azimuth, rotor.elevation);
    const targetAt = target && project(target.azimuth, target.elevation);
    this.#place(this.#rotor, rotorAt);
    this.#place(this.#target, targetAt);
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

  #place(mark, at) {
    mark.classList.toggle("absent", !at);
    if (at) mark.setAttribute("transform", `translate(${point(at)})`);
  }
}
