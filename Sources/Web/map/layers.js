// Which layers are shown: a control on the map, kept on this device, and the maps that somebody
// has dropped in at the station.

import { element, keep, kept, parsed, request } from "../shell/live.js";

const KEY = "map-layers";
/** Formats that are pictures; vector tiles would need a renderer of their own. */
const PICTURES = ["png", "jpg", "jpeg", "webp", "avif", "gif"];
const LARGEST_ZOOM = 18;
/** So many drop-in maps are listed. */
const MOST_MAPS = 50;

export class LayerControl {
  #map;
  #list = element("div", { class: "map-layer-list" });
  #dropIns = new Map();
  #chosen = parsed(kept("localStorage", KEY) ?? "") ?? {};

  /** `hasMaps` says whether the station's drop-in maps are offered, too. */
  constructor(map, hasMaps) {
    this.#map = map;
    const details = element("details", { class: "map-layers" },
      element("summary", {}, "Layers"), this.#list);
    const Control = L.Control.extend({ options: { position: "topright" }, onAdd: () => details });
    L.DomEvent.disableClickPropagation(details);
    L.DomEvent.disableScrollPropagation(details);
    details.addEventListener("keydown", (event) => event.stopPropagation());
    details.addEventListener("toggle", () => { if (details.open && hasMaps) this.#askMaps(); });
    map.on("click movestart", () => { details.open = false; });
    map.addControl(new Control());
    if (hasMaps) this.#askMaps();
  }

  /** Offers a layer; `show(isOn)` is called now and at every change. */
  offer(id, name, isOnAtFirst, show) {
    const isOn = this.#isOn(id, isOnAtFirst);
    const input = element("input", { type: "checkbox" });
    input.checked = isOn;
    input.addEventListener("change", () => {
      this.#chosen = { ...this.#chosen, [id]: input.checked };
      keep("localStorage", KEY, JSON.stringify(this.#chosen));
      show(input.checked);
    });
    show(isOn);
    const label = element("label", { class: "check" }, input, name);
    this.#list.append(label);
    return label;
  }

  #isOn(id, isOnAtFirst) {
    const chosen = this.#chosen[id];
    return typeof chosen === "boolean" ? chosen : isOnAtFirst;
  }

  async #askMaps() {
    const answer = await request("GET", "/v1/tiles").catch(() => null);
    const maps = Array.isArray(answer?.maps) ? answer.maps.slice(0, MOST_MAPS) : [];
    const named = maps.filter((one) => typeof one?.name === "string" && one.name !== "");
    // Somebody who drops in a map wants to see it: the first one is on until it is switched off.
    const first = named.find(isPicture);
    for (const one of named) if (!this.#dropIns.has(one.name)) this.#add(one, one === first);
    for (const [name, gone] of this.#dropIns) {
      if (named.some((one) => one.name === name)) continue;
      gone.layer?.remove();
      gone.entry.remove();
      this.#dropIns.delete(name);
    }
  }

  #add(map, isFirst) {
    if (!isPicture(map)) {
      const text = `${map.name}: not drawable here (${map.format})`;
      const entry = element("p", { class: "hint" }, text);
      this.#list.append(entry);
      this.#dropIns.set(map.name, { entry, layer: null });
      return;
    }
    const layer = L.tileLayer(`/v1/tiles/${encodeURIComponent(map.name)}/{z}/{x}/{y}`, {
      minNativeZoom: Number.isFinite(map.minZoom) ? map.minZoom : 0,
      maxNativeZoom: Number.isFinite(map.maxZoom) ? map.maxZoom : LARGEST_ZOOM,
      maxZoom: LARGEST_ZOOM,
      bounds: boundsOf(map.bounds),
      attribution: escaped(map.attribution),
    });
    const entry = this.offer(`map:${map.name}`, map.name, isFirst, (isOn) => {
      if (isOn) this.#map.addLayer(layer);
      else layer.remove();
    });
    this.#dropIns.set(map.name, { entry, layer });
  }
}

function isPicture({ format }) {
  return typeof format === "string" && PICTURES.includes(format.toLowerCase());
}

/** West, south, east, north as Leaflet's bounds; the whole world when they make no sense. */
function boundsOf(bounds) {
  const isKnown = Array.isArray(bounds) && bounds.length === 4 && bounds.every(Number.isFinite);
  if (!isKnown) return undefined;
  const [west, south, east, north] = bounds;
  return L.latLngBounds([south, west], [north, east]);
}

/** A map's own attribution is often a piece of HTML: its text only, as Leaflet's HTML. */
function escaped(attribution) {
  if (typeof attribution !== "string") return "";
  const untagged = attribution.replace(/<[^>]*>?/g, " ");
  // What is left can only be text and the names of characters.
  const text = new DOMParser().parseFromString(untagged, "text/html").body.textContent;
  return element("span", {}, text.replace(/\s+/g, " ").trim()).innerHTML;
}
