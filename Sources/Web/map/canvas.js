// A layer of the map that paints itself on a canvas: only when something has changed, at most once
// a frame, and in the page's colours.

import { longitudeAt, latitudeAt } from "./geodesy.js";

/** Leaflet's world is so many pixels wide at zoom 0. */
const WORLD_PIXELS = 256;
/** More than two device pixels to a pixel cost memory and show nothing. */
const MOST_DENSITY = 2;

/** The colours of shell.css, for canvases: they follow day, dark and night. */
class Colours {
  #known = new Map();
  #followers = new Set();

  constructor() {
    const forget = () => {
      this.#known.clear();
      for (const follower of this.#followers) follower();
    };
    window.addEventListener("themechange", forget);
  }

  /** The colour of a token, such as `land` for `--land`. */
  get(token) {
    if (!this.#known.has(token)) {
      const style = getComputedStyle(document.documentElement);
      this.#known.set(token, style.getPropertyValue(`--${token}`).trim());
    }
    return this.#known.get(token);
  }

  follow(follower) {
    this.#followers.add(follower);
  }

  unfollow(follower) {
    this.#followers.delete(follower);
  }
}

export const colours = new Colours();

/** What a canvas covers of the world, and where on it things are. */
class View {
  constructor(map, padding) {
    const size = map.getSize();
    const margin = size.multiplyBy(padding).round();
    const corner = map.getPixelBounds().min.subtract(margin);
    this.left = corner.x;
    this.top = corner.y;
    this.width = size.x + 2 * margin.x;
    this.height = size.y + 2 * margin.y;
    /** Where the map's own upper left corner lies on the canvas. */
    this.inset = margin;
    this.corner = map.containerPointToLayerPoint(margin.multiplyBy(-1));
    this.place = map.unproject(corner, map.getZoom());
    this.zoom = map.getZoom();
    this.world = WORLD_PIXELS * 2 ** this.zoom;
    /** In worlds. */
    this.west = this.left / this.world;
    this.east = (this.left + this.width) / this.world;
    this.north = this.top / this.world;
    this.south = (this.top + this.height) / this.world;
  }

  x(unit) {
    return unit * this.world - this.left;
  }

  y(unit) {
    return unit * this.world - this.top;
  }

  longitude(x) {
    return longitudeAt((x + this.left) / this.world);
  }

  latitude(y) {
    return latitudeAt((y + this.top) / this.world);
  }

  /** The world repeats itself: calls back with every shift that brings something into view. */
  copies(west, east, draw) {
    const last = this.east - west;
    for (let shift = Math.ceil(this.west - east); shift <= last; shift += 1) draw(shift);
  }

  /** Adds a track to the context's path, wherever it is seen. */
  trace(context, track) {
    this.copies(track.west, track.east, (shift) => {
      for (let index = 0; index < track.points.length; index += 2) {
        const [x, y] = [this.x(track.points[index] + shift), this.y(track.points[index + 1])];
        if (index === 0) context.moveTo(x, y);
        else context.lineTo(x, y);
      }
    });
  }
}

/** Subclasses implement `draw(context, view)`, and call `changed()` when it has to be redone. */
export class CanvasLayer extends L.Layer {
  #canvas = document.createElement("canvas");
  #padding;
  #isRedrawnOnMoves;
  #view = null;
  #frame = null;
  /** Device pixels to a pixel. */
  density = 1;

  /**
   * `padding` is what is painted beyond every edge, in parts of the map's size, so that a pan
   * costs nothing at first; `isRedrawnOnMoves` is for what clings to the edges.
   */
  constructor(pane, { padding = 0.25, isRedrawnOnMoves = false } = {}) {
    super();
    L.setOptions(this, { pane });
    this.#padding = padding;
    this.#isRedrawnOnMoves = isRedrawnOnMoves;
    this.#canvas.className = "leaflet-zoom-animated map-canvas";
    this.#canvas.setAttribute("aria-hidden", "true");
    this.changed = this.changed.bind(this);
  }

  /** Asks for a repaint in the next frame. */
  changed() {
    if (this._map && this.#frame === null) {
      this.#frame = requestAnimationFrame(() => this.#paint());
    }
  }

  getEvents() {
    return {
      move: this.#moved,
      moveend: this.#paint,
      resize: this.#paint,
      zoom: this.#zoomed,
      zoomanim: this.#stretch,
    };
  }

  onAdd() {
    this.getPane().append(this.#canvas);
    colours.follow(this.changed);
    this.#paint();
    return this;
  }

  onRemove() {
    cancelAnimationFrame(this.#frame);
    this.#frame = null;
    colours.unfollow(this.changed);
    this.#canvas.remove();
    return this;
  }

  #moved() {
    if (!this.#view || this._map.getZoom() !== this.#view.zoom) return;
    const seen = this._map.getPixelBounds();
    const isCovered = seen.min.x >= this.#view.left && seen.min.y >= this.#view.top
      && seen.max.x <= this.#view.left + this.#view.width
      && seen.max.y <= this.#view.top + this.#view.height;
    if (this.#isRedrawnOnMoves || !isCovered) this.changed();
  }

  #zoomed() {
    this.#stretch({ center: this._map.getCenter(), zoom: this._map.getZoom() });
  }

  /** While the map zooms, the picture of before is stretched, like Leaflet's tiles. */
  #stretch({ center: centre, zoom }) {
    if (!this.#view) return;
    const map = this._map;
    const pane = L.DomUtil.getPosition(map.getPane("mapPane"));
    const half = map.getSize().divideBy(2);
    const origin = map.project(centre, zoom).subtract(half).add(pane).round();
    const corner = map.project(this.#view.place, zoom).subtract(origin);
    L.DomUtil.setTransform(this.#canvas, corner, map.getZoomScale(zoom, this.#view.zoom));
  }

  #paint() {
    cancelAnimationFrame(this.#frame);
    this.#frame = null;
    const view = new View(this._map, this.#padding);
    this.#view = view;
    this.#resize(view);
    L.DomUtil.setTransform(this.#canvas, view.corner, 1);
    const context = this.#canvas.getContext("2d");
    context.setTransform(this.density, 0, 0, this.density, 0, 0);
    context.clearRect(0, 0, view.width, view.height);
    this.draw(context, view);
  }

  #resize({ width, height }) {
    this.density = Math.min(MOST_DENSITY, window.devicePixelRatio || 1);
    const [x, y] = [Math.round(width * this.density), Math.round(height * this.density)];
    if (this.#canvas.width === x && this.#canvas.height === y) return;
    this.#canvas.width = x;
    this.#canvas.height = y;
    this.#canvas.style.width = `${width}px`;
    this.#canvas.style.height = `${height}px`;
  }
}

/** A text that is legible on whatever lies below it. */
export function label(context, text, x, y, { colour = "text", align = "left", bold = false } = {}) {
  context.font = `${bold ? "600 " : ""}11px system-ui, "DejaVu Sans", sans-serif`;
  context.textAlign = align;
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 3;
  context.setLineDash([]);
  context.strokeStyle = colours.get("card");
  context.strokeText(text, x, y);
  context.fillStyle = colours.get(colour);
  context.fillText(text, x, y);
}
