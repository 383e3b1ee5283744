// Lines of longitude and latitude, and the Maidenhead locators that radio amateurs use.

import { CanvasLayer, colours, label } from "./canvas.js";
import { MERCATOR_LATITUDE, unitX, unitY, wrapped } from "./geodesy.js";

/** The steps between lines, in degrees, and how far apart lines have to be, in pixels. */
const STEPS = [30, 15, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001];
const LINE_PIXELS = 70;

/**
 * The levels of a locator: fields of 20° by 10°, squares, subsquares, extended squares; how many
 * parts each level has, and the letter or digit that counts begin with.
 */
const LEVELS = [
  { parts: 18, first: "A" }, { parts: 10, first: "0" },
  { parts: 24, first: "a" }, { parts: 10, first: "0" },
];
/** A cell narrower than this, in pixels, is not drawn; one as wide has room for its name. */
const CELL_PIXELS = [24, 30, 30, 40];
const NAME_PIXELS = [24, 40, 52, 76];

/** The locator of a place, with so many pairs of characters. */
export function locator(latitude, longitude, pairs = 3) {
  // A whole turn and the poles belong to the last cell before them.
  let east = Math.min(wrapped(longitude) + 180, 360 - 1e-9) / 360;
  let north = Math.min(latitude + 90, 180 - 1e-9) / 180;
  let name = "";
  for (const { parts, first } of LEVELS.slice(0, pairs)) {
    const start = first.charCodeAt(0);
    for (const share of [east, north]) {
      name += String.fromCharCode(start + Math.floor(share * parts + 1e-9));
    }
    east = (east * parts + 1e-9) % 1;
    north = (north * parts + 1e-9) % 1;
  }
  return name;
}

/** Calls back with every multiple of the step between two values. */
function multiples(from, to, step, visit) {
  const last = Math.floor(to / step + 1e-6);
  for (let count = Math.ceil(from / step - 1e-6); count <= last; count += 1) visit(count * step);
}

function angleText(value, step, [positive, negative]) {
  const digits = Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
  const half = value === 0 || Math.abs(value) === 180 ? "" : value > 0 ? positive : negative;
  return `${Math.abs(value).toFixed(digits)}°${half}`;
}

/** Longitude and latitude, named along the upper and the left edge. */
export class Graticule extends CanvasLayer {
  constructor(pane) {
    super(pane, { isRedrawnOnMoves: true, padding: 0.1 });
  }

  draw(context, view) {
    const step = STEPS.findLast((one) => (one / 360) * view.world >= LINE_PIXELS) ?? STEPS[0];
    context.strokeStyle = colours.get("faint");
    context.globalAlpha = 0.35;
    context.lineWidth = 1;
    context.beginPath();
    const names = [];
    const top = Math.max(0, view.y(0));
    const bottom = Math.min(view.height, view.y(1));
    multiples(view.longitude(0), view.longitude(view.width), step, (longitude) => {
      const x = Math.round(view.x(unitX(longitude))) + 0.5;
      context.moveTo(x, top);
      context.lineTo(x, bottom);
      const text = angleText(Number(wrapped(longitude).toFixed(6)), step, ["E", "W"]);
      names.push([text, x, view.inset.y + 9, "center"]);
    });
    const south = Math.max(-MERCATOR_LATITUDE, view.latitude(view.height));
    multiples(south, Math.min(MERCATOR_LATITUDE, view.latitude(0)), step, (latitude) => {
      const y = Math.round(view.y(unitY(latitude))) + 0.5;
      context.moveTo(0, y);
      context.lineTo(view.width, y);
      const right = view.width - view.inset.x - 6;
      names.push([angleText(Number(latitude.toFixed(6)), step, ["N", "S"]), right, y, "right"]);
    });
    context.stroke();
    context.globalAlpha = 1;
    for (const [text, x, y, align] of names) label(context, text, x, y, { colour: "faint", align });
  }
}

/** Fields, squares, subsquares and their tenths, as fine as there is room for. */
export class Maidenhead extends CanvasLayer {
  draw(context, view) {
    let cells = 1;
    const shown = [];
    LEVELS.forEach(({ parts }, level) => {
      cells *= parts;
      const pixels = view.world / cells;
      if (pixels >= CELL_PIXELS[level]) shown.push({ level, cells, pixels });
    });
    // The finest level and the one around it, whose lines are stronger.
    shown.slice(-2).forEach(({ cells: count }, index, drawn) => {
      this.#lines(context, view, count, index < drawn.length - 1);
    });
    const named = shown.filter(({ level, pixels }) => pixels >= NAME_PIXELS[level]).pop();
    if (named) this.#names(context, view, named);
  }

  #lines(context, view, cells, isStrong) {
    context.strokeStyle = colours.get("accent");
    context.globalAlpha = isStrong ? 0.6 : 0.3;
    context.lineWidth = isStrong ? 1.5 : 1;
    context.beginPath();
    const top = Math.max(0, view.y(0));
    const bottom = Math.min(view.height, view.y(1));
    multiples(view.west, view.east, 1 / cells, (unit) => {
      const x = view.x(unit);
      context.moveTo(x, top);
      context.lineTo(x, bottom);
    });
    this.#rows(view, cells, (latitude) => {
      const y = view.y(unitY(latitude));
      context.moveTo(0, y);
      context.lineTo(view.width, y);
    });
    context.stroke();
    context.globalAlpha = 1;
  }

  #rows(view, cells, visit) {
    const south = Math.max(-MERCATOR_LATITUDE, view.latitude(view.height));
    multiples(south, Math.min(MERCATOR_LATITUDE, view.latitude(0)), 180 / cells, visit);
  }

  #names(context, view, { level, cells }) {
    const [width, height] = [360 / cells, 180 / cells];
    const rows = [];
    this.#rows(view, cells, (latitude) => rows.push(latitude + height / 2));
    multiples(view.longitude(0) - width, view.longitude(view.width), width, (longitude) => {
      for (const latitude of rows) {
        const name = locator(latitude, longitude + width / 2, level + 1);
        const y = view.y(unitY(latitude));
        label(context, name, view.x(unitX(longitude + width / 2)), y,
          { colour: "accent", align: "center" });
      }
    });
  }
}
