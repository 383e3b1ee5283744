// The antenna: its mark, rings around it, where it looks and where its target is.

import { CanvasLayer, colours, label } from "./canvas.js";
import { Track, bearing, circle, isPlace, line, unitX, unitY, worldMetres, wrapped } from
  "./geodesy.js";

/** Rings are so far apart at the least, in pixels, and so many are drawn. */
const RING_PIXELS = 90;
const MOST_RINGS = 6;
/** A ring this far away would go around the world, in metres. */
const LARGEST_RING_METRES = 9000000;

/** 1, 2 or 5 times a power of ten, no less than this. */
function roundUp(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return power * [1, 2, 5, 10].find((factor) => factor * power >= value);
}

const distanceText = (metres) =>
  metres >= 1000 ? `${(metres / 1000).toLocaleString("en-GB")} km` : `${metres} m`;

export class Station extends CanvasLayer {
  #place = null;
  #azimuth = null;
  #isBearingLive = false;
  #target = null;
  #isTargetLive = false;
  #hasRings = true;
  #bearingTrack = null;
  #targetTrack = null;

  get place() {
    return this.#place;
  }

  set hasRings(hasRings) {
    this.#hasRings = hasRings;
    this.changed();
  }

  setPlace(place) {
    const next = isPlace(place) ? place : null;
    if (next?.latitude === this.#place?.latitude
      && next?.longitude === this.#place?.longitude) return;
    this.#place = next;
    this.#trackBearing();
    this.#trackTarget();
    this.changed();
  }

  setBearing(azimuth, isLive) {
    const next = Number.isFinite(azimuth) ? azimuth : null;
    if (next === this.#azimuth && isLive === this.#isBearingLive) return;
    this.#azimuth = next;
    this.#isBearingLive = isLive;
    this.#trackBearing();
    this.changed();
  }

  setTarget(place, isLive) {
    const next = isPlace(place) ? place : null;
    if (next?.latitude === this.#target?.latitude && next?.longitude === this.#target?.longitude
      && isLive === this.#isTargetLive) return;
    this.#target = next;
    this.#isTargetLive = isLive;
    this.#trackTarget();
    this.changed();
  }

  #trackBearing() {
    const isKnown = this.#place && this.#azimuth !== null;
    this.#bearingTrack = isKnown ? new Track(bearing(this.#place, this.#azimuth)) : null;
  }

  #trackTarget() {
    const isKnown = this.#place && this.#target;
    this.#targetTrack = isKnown ? new Track(line(this.#place, this.#target)) : null;
  }

  draw(context, view) {
    if (this.#place && this.#hasRings) this.#drawRings(context, view);
    this.#drawLine(context, view, this.#targetTrack, {
      colour: this.#isTargetLive ? "target" : "faint", dash: [6, 5], width: 2,
    });
    this.#drawLine(context, view, this.#bearingTrack, {
      colour: this.#isBearingLive ? "rotor" : "faint",
      dash: this.#isBearingLive ? [] : [3, 4],
      width: 2.5,
    });
    if (this.#target) this.#drawTarget(context, view);
    if (this.#place) this.#drawMark(context, view);
  }

  #drawLine(context, view, track, { colour, dash, width }) {
    if (!track) return;
    context.strokeStyle = colours.get(colour);
    context.lineWidth = width;
    context.lineJoin = "round";
    context.setLineDash(dash);
    context.beginPath();
    view.trace(context, track);
    context.stroke();
    context.setLineDash([]);
  }

  #drawRings(context, view) {
    const metresPerPixel = worldMetres(this.#place.latitude) / view.world;
    const step = roundUp(RING_PIXELS * metresPerPixel);
    for (let ring = 1; ring <= MOST_RINGS; ring += 1) {
      const metres = ring * step;
      if (metres > LARGEST_RING_METRES) return;
      const track = new Track(circle(this.#place, metres));
      context.strokeStyle = colours.get("faint");
      context.globalAlpha = 0.7;
      context.lineWidth = 1;
      context.setLineDash([2, 4]);
      context.beginPath();
      view.trace(context, track);
      context.stroke();
      context.setLineDash([]);
      context.globalAlpha = 1;
      // Named at its lower right, where seldom anything else is written.
      const corner = 2 * 45;
      const [x, y] = [track.points[corner], track.points[corner + 1]];
      view.copies(x, x, (shift) =>
        label(context, distanceText(metres), view.x(x + shift), view.y(y), { colour: "faint" }));
    }
  }

  #drawTarget(context, view) {
    const [x, y] = [unitX(wrapped(this.#target.longitude)), unitY(this.#target.latitude)];
    const colour = colours.get(this.#isTargetLive ? "target" : "faint");
    view.copies(x, x, (shift) => {
      const [left, top] = [view.x(x + shift), view.y(y)];
      for (const [radius, width, ink] of [[9, 5, colours.get("card")], [9, 2.5, colour]]) {
        context.beginPath();
        context.arc(left, top, radius, 0, 2 * Math.PI);
        context.lineWidth = width;
        context.strokeStyle = ink;
        context.stroke();
      }
      context.beginPath();
      context.arc(left, top, 2.5, 0, 2 * Math.PI);
      context.fillStyle = colour;
      context.fill();
    });
  }

  /** A mast with an antenna. */
  #drawMark(context, view) {
    const [x, y] = [unitX(wrapped(this.#place.longitude)), unitY(this.#place.latitude)];
    view.copies(x, x, (shift) => {
      context.save();
      context.translate(view.x(x + shift), view.y(y));
      context.beginPath();
      context.moveTo(0, -9);
      context.lineTo(7.5, 6);
      context.lineTo(-7.5, 6);
      context.closePath();
      context.lineJoin = "round";
      context.lineWidth = 5;
      context.strokeStyle = colours.get("card");
      context.stroke();
      context.fillStyle = colours.get("text");
      context.fill();
      context.restore();
    });
  }
}
