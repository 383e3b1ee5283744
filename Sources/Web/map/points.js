// Everything that moves: one canvas for thousands of points and their trails.

import { ageText } from "../shell/live.js";
import { CanvasLayer, colours, label } from "./canvas.js";
import { Track, isPlace, unitX, unitY, worldMetres, wrapped } from "./geodesy.js";

/** Beyond so many points the one that was set longest ago is given up. */
const MOST_POINTS = 20000;
/** Of a trail, the newest so many places are drawn. */
const MOST_TRAIL_PLACES = 2000;
/** Names of so many points in view are written; more would be a heap. */
const MOST_NAMES = 40;
/** A point is hit within this distance, in pixels: a thumb's. */
const HIT_PIXELS = 18;
/** Points that move are painted at most this often: 5,000 messages a second are no animation. */
const PAINT_MILLISECONDS = 200;
/** Without a `state`, a point is old when its age is greater, in seconds. */
const OLD_SECONDS = 60;
/** Ages grow by themselves. */
const AGE_MILLISECONDS = 5000;
const RADIUS = 6;
/** The side of the square that a mark is drawn in, in pixels. */
const SPRITE_PIXELS = 28;
/** Marks are turned in steps, so that each direction is drawn once and then copied. */
const HEADINGS = 32;

export class Points extends CanvasLayer {
  #points = new Map();
  #trails = new Map();
  #chosen = null;
  #pointed = null;
  #sprites = new Map();
  #paintedAt = -Infinity;
  #waiting = null;
  #ageTimer = null;

  constructor(pane) {
    // Painted often, so little beyond what is seen.
    super(pane, { padding: 0.05 });
  }

  set(id, { latitude, longitude, label: name, accuracyMetres, ageSeconds, state, kind,
    headingDegrees }) {
    if (!isPlace({ latitude, longitude })) return;
    const point = {
      latitude,
      longitude,
      x: unitX(wrapped(longitude)),
      y: unitY(latitude),
      name: typeof name === "string" ? name : "",
      accuracy: accuracyMetres > 0 && accuracyMetres < Infinity ? accuracyMetres : 0,
      // The moment of which the place is, so that the age counts on.
      at: Number.isFinite(ageSeconds) ? performance.now() - ageSeconds * 1000 : null,
      state: state === "live" || state === "old" ? state : null,
      kind: kind === "phone" || kind === "place" ? kind : "device",
      heading: Number.isFinite(headingDegrees) ? ((headingDegrees % 360) + 360) % 360 : null,
    };
    this.#points.set(id, point);
    if (this.#points.size > MOST_POINTS) this.#points.delete(this.#points.keys().next().value);
    this.#soon();
  }

  drop(id) {
    this.#points.delete(id);
    this.#trails.delete(id);
    this.#soon();
  }

  clear() {
    this.#points.clear();
    this.#trails.clear();
    this.#soon();
  }

  setTrail(id, places) {
    const known = (Array.isArray(places) ? places : [])
      .map(([latitude, longitude]) => ({ latitude, longitude })).filter(isPlace);
    if (known.length < 2) this.#trails.delete(id);
    else this.#trails.set(id, new Track(known.slice(-MOST_TRAIL_PLACES)));
    this.#soon();
  }

  /** The chosen point is ringed, and keeps its name among many. */
  choose(id) {
    this.#chosen = id;
    this.changed();
  }

  /** The point below the mouse shows its name. */
  point(id) {
    if (id === this.#pointed) return;
    this.#pointed = id;
    this.changed();
  }

  get places() {
    return [...this.#points.values()];
  }

  /** The nearest point to a place of the container, or null. */
  hit({ x, y }) {
    const bounds = this._map.getPixelBounds();
    const world = this._map.options.crs.scale(this._map.getZoom());
    const [wantedX, wantedY] = [(x + bounds.min.x) / world, (y + bounds.min.y) / world];
    let [nearest, least] = [null, HIT_PIXELS / world];
    for (const [id, point] of this.#points) {
      const aside = wantedX - point.x;
      const distance = Math.hypot(aside - Math.round(aside), wantedY - point.y);
      if (distance <= least) [nearest, least] = [id, distance];
    }
    return nearest;
  }

  onAdd() {
    super.onAdd();
    this.#ageTimer = setInterval(() => {
      if (this.#points.size > 0 && !document.hidden) this.changed();
    }, AGE_MILLISECONDS);
    return this;
  }

  onRemove() {
    clearInterval(this.#ageTimer);
    clearTimeout(this.#waiting);
    this.#waiting = null;
    return super.onRemove();
  }

  #soon() {
    if (this.#waiting !== null) return;
    const wait = this.#paintedAt + PAINT_MILLISECONDS - performance.now();
    if (wait <= 0) return this.changed();
    this.#waiting = setTimeout(() => {
      this.#waiting = null;
      this.changed();
    }, wait);
  }

  draw(context, view) {
    this.#paintedAt = performance.now();
    this.#drawTrails(context, view);
    const seen = [];
    for (const [id, point] of this.#points) {
      const y = view.y(point.y);
      if (y < -SPRITE_PIXELS || y > view.height + SPRITE_PIXELS) continue;
      view.copies(point.x, point.x, (shift) => seen.push([id, point, view.x(point.x + shift), y]));
    }
    for (const [, point, x, y] of seen) this.#drawAccuracy(context, view, point, x, y);
    for (const [id, point, x, y] of seen) this.#drawMark(context, id, point, x, y);
    for (const [id, point, x, y] of seen) {
      if (!point.name || (seen.length > MOST_NAMES && !this.#isMarked(id))) continue;
      const isOld = this.#isOld(point);
      const text = isOld && point.at !== null
        ? `${point.name} · ${ageText(this.#age(point))}` : point.name;
      label(context, text, x + RADIUS + 5, y, {
        colour: isOld ? "faint" : "text", bold: this.#isMarked(id),
      });
    }
  }

  #isMarked(id) {
    return id === this.#chosen || id === this.#pointed;
  }

  #age({ at }) {
    return Math.max(0, (performance.now() - at) / 1000);
  }

  #isOld(point) {
    if (point.state) return point.state === "old";
    return point.at !== null && this.#age(point) > OLD_SECONDS;
  }

  #drawTrails(context, view) {
    context.strokeStyle = colours.get("accent");
    context.globalAlpha = 0.6;
    context.lineWidth = 2;
    context.lineJoin = "round";
    context.beginPath();
    for (const track of this.#trails.values()) view.trace(context, track);
    context.stroke();
    context.globalAlpha = 1;
  }

  #drawAccuracy(context, view, { accuracy, latitude }, x, y) {
    const radius = (accuracy / worldMetres(latitude)) * view.world;
    if (radius <= RADIUS) return;
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.globalAlpha = 0.12;
    context.fillStyle = colours.get("accent");
    context.fill();
    context.globalAlpha = 0.6;
    context.strokeStyle = context.fillStyle;
    context.lineWidth = 1;
    context.stroke();
    context.globalAlpha = 1;
  }

  #drawMark(context, id, point, x, y) {
    const sprite = this.#sprite(point, this.#isOld(point) ? "faint" : "accent");
    const half = SPRITE_PIXELS / 2;
    // On whole pixels, where copying is fastest.
    const [left, top] = [Math.round(x - half), Math.round(y - half)];
    context.drawImage(sprite, left, top, SPRITE_PIXELS, SPRITE_PIXELS);
    if (id !== this.#chosen) return;
    context.beginPath();
    context.arc(x, y, RADIUS + 5, 0, 2 * Math.PI);
    context.strokeStyle = colours.get("text");
    context.lineWidth = 2;
    context.stroke();
  }

  /** A mark as a picture, because copying is faster than drawing. Old ones are hollow. */
  #sprite({ kind, heading }, token) {
    const [colour, ground] = [colours.get(token), colours.get("card")];
    const part = heading === null ? null : Math.round((heading / 360) * HEADINGS) % HEADINGS;
    const key = part === null ? `${kind} ${token}` : `${part} ${token}`;
    const known = this.#sprites.get(key);
    const isFresh = known?.colour === colour && known.ground === ground
      && known.density === this.density;
    if (isFresh) return known.picture;
    const picture = document.createElement("canvas");
    picture.width = picture.height = SPRITE_PIXELS * this.density;
    const context = picture.getContext("2d");
    context.scale(this.density, this.density);
    context.translate(SPRITE_PIXELS / 2, SPRITE_PIXELS / 2);
    if (part !== null) context.rotate((2 * Math.PI * part) / HEADINGS);
    context.beginPath();
    outline(context, part === null ? kind : "heading");
    context.lineJoin = "round";
    context.strokeStyle = ground;
    context.lineWidth = 5;
    context.stroke();
    context.fillStyle = token === "faint" ? ground : colour;
    context.fill();
    context.strokeStyle = colour;
    context.lineWidth = 2;
    context.stroke();
    this.#sprites.set(key, { colour, ground, density: this.density, picture });
    return picture;
  }
}

function outline(context, shape) {
  switch (shape) {
    case "heading":
      context.moveTo(0, -10);
      context.lineTo(6.5, 8);
      context.lineTo(0, 4);
      context.lineTo(-6.5, 8);
      context.closePath();
      break;
    case "phone":
      context.rect(-4, -7, 8, 14);
      break;
    case "place":
      context.rect(-5, -5, 10, 10);
      break;
    default:
      context.arc(0, 0, RADIUS - 1, 0, 2 * Math.PI);
  }
}
