// The countries of Natural Earth, read once and drawn from memory.

import { CanvasLayer, colours } from "./canvas.js";
import { Track } from "./geodesy.js";

const ADDRESS = new URL("countries.geojson", import.meta.url);

let reading = null;

/** One list of rings for all maps of the page; empty when the file cannot be had. */
function rings() {
  reading ??= fetch(ADDRESS)
    .then((response) => response.json())
    .then(({ features }) => features.flatMap(({ geometry }) => ringsOf(geometry)))
    .catch(() => {
      reading = null;
      return [];
    });
  return reading;
}

function ringsOf({ type, coordinates }) {
  const polygons = type === "Polygon" ? [coordinates] : coordinates;
  return polygons.flat().map((ring) => {
    const track = new Track(ring.map(([longitude, latitude]) => ({ latitude, longitude })));
    const heights = track.points.filter((_, index) => index % 2 === 1);
    return { track, north: Math.min(...heights), south: Math.max(...heights) };
  });
}

export class Outlines extends CanvasLayer {
  #rings = [];

  onAdd() {
    super.onAdd();
    rings().then((found) => {
      this.#rings = found;
      this.changed();
    });
    return this;
  }

  getAttribution() {
    return "Natural Earth (public domain)";
  }

  draw(context, view) {
    context.fillStyle = colours.get("land");
    context.strokeStyle = colours.get("border");
    context.lineWidth = 1;
    context.lineJoin = "round";
    context.beginPath();
    for (const { track, north, south } of this.#rings) {
      if (south >= view.north && north <= view.south) view.trace(context, track);
    }
    context.fill("evenodd");
    context.stroke();
  }
}
