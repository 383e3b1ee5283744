// The map that all pages share. Needs Leaflet's `L`, its style sheet and map.css on the page.

import { element } from "../shell/live.js";
import { Graticule, Maidenhead } from "./grids.js";
import { LayerControl } from "./layers.js";
import { Outlines } from "./outlines.js";
import { Points } from "./points.js";
import { Station } from "./station.js";
import { MERCATOR_LATITUDE, isPlace, wrapped } from "./geodesy.js";

const LARGEST_ZOOM = 18;
/** What is shown before anything is known, and how near a station or a single point is shown. */
const WORLD = { latitude: 25, longitude: 10, zoom: 2 };
const STATION_ZOOM = 7;
const NEAREST_FIT_ZOOM = 13;
const FIT_PIXELS = 36;
/** Where layers lie, from below: Leaflet's own tiles are at 200, its controls at 800. */
const PANES = { outlines: 150, grids: 350, station: 450, points: 460 };
const VIEW_PATTERN = /(^#|&)map=([\d.]+)\/(-?[\d.]+)\/(-?[\d.]+)/;

/** A view as an address's fragment has it, or null. */
function viewOf(fragment) {
  const [, , zoom, latitude, longitude] = VIEW_PATTERN.exec(fragment) ?? [];
  const view = { zoom: Number(zoom), latitude: Number(latitude), longitude: Number(longitude) };
  return isPlace(view) && Number.isFinite(view.zoom) ? view : null;
}

export class StationMap {
  /** A point was chosen. */
  onPoint = () => {};

  #map;
  #station;
  #points;
  #onPick;
  #resizes;
  #hasHash;
  /** A view that was asked for, by the address or by hand, is not changed by what appears. */
  #isViewChosen = false;
  #isMovedByProgram = false;
  #hoverFrame = null;

  /**
   * `onPick({latitude, longitude})` is called for a click or a tap where no point is, and for
   * Enter, which means the map's centre. `maps` offers the station's drop-in maps, `hash` keeps
   * the view in the address.
   */
  constructor(container, { label, onPick = null, maps = true, hash = true }) {
    const isCalm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    container.classList.add("map");
    container.setAttribute("role", "application");
    container.setAttribute("aria-label", label);
    this.#onPick = onPick;
    this.#hasHash = hash;
    this.#map = L.map(container, {
      minZoom: 1,
      maxZoom: LARGEST_ZOOM,
      maxBounds: [[-MERCATOR_LATITUDE, -Infinity], [MERCATOR_LATITUDE, Infinity]],
      maxBoundsViscosity: 1,
      worldCopyJump: true,
      zoomAnimation: !isCalm,
      fadeAnimation: !isCalm,
      inertia: !isCalm,
    });
    this.#map.attributionControl.setPrefix("Leaflet");
    this.#map.addControl(L.control.scale({ imperial: false }));
    for (const [name, height] of Object.entries(PANES)) {
      this.#map.createPane(name).style.zIndex = height;
    }
    this.#look(WORLD);
    this.#station = new Station("station").addTo(this.#map);
    this.#points = new Points("points").addTo(this.#map);
    this.#offerLayers(maps);
    container.append(element("div", { class: "map-cross", "aria-hidden": "true" }));
    this.#listen(container);
    if (hash) this.#followAddress();
  }

  /** The antenna's place, {latitude, longitude}, or null. */
  setStation(place) {
    const isFirst = this.#station.place === null && isPlace(place);
    this.#station.setPlace(place);
    if (isFirst && !this.#isViewChosen) this.#look({ ...place, zoom: STATION_ZOOM });
  }

  /** Where the antenna looks, in degrees, or null. */
  setBearing(azimuth, isLive = true) {
    this.#station.setBearing(azimuth, isLive);
  }

  /** What the antenna is to look at, {latitude, longitude}, or null. */
  setTarget(place, isLive = true) {
    this.#station.setTarget(place, isLive);
  }

  /**
   * One thing that moves: {latitude, longitude, label, accuracyMetres?, ageSeconds?, state?,
   * kind?, headingDegrees?}. `state` is "live" or "old", `kind` "device", "phone" or "place".
   */
  setPoint(id, point) {
    this.#points.set(id, point);
  }

  removePoint(id) {
    this.#points.drop(id);
  }

  /** Takes all points and trails away. */
  clearPoints() {
    this.#points.clear();
  }

  /** Rings a point and keeps its name in sight; null for none. */
  choose(id) {
    this.#points.choose(id);
  }

  /** Where a thing was, [[latitude, longitude], …], the oldest first; null for nothing. */
  setTrail(id, places) {
    this.#points.setTrail(id, places);
  }

  /** Brings these places into view, or all points and the antenna, no nearer than a zoom. */
  fit(places = null, nearestZoom = NEAREST_FIT_ZOOM) {
    const wanted = (places ?? [...this.#points.places, this.#station.place]).filter(isPlace);
    if (wanted.length === 0) return;
    const longitudes = wanted.map(({ longitude }) => wrapped(longitude)).sort((a, b) => a - b);
    // The widest gap is left out, so that a fleet in the Pacific is not shown around the world.
    let [west, widest] = [longitudes[0], longitudes[0] + 360 - longitudes.at(-1)];
    for (let index = 1; index < longitudes.length; index += 1) {
      const gap = longitudes[index] - longitudes[index - 1];
      if (gap > widest) [west, widest] = [longitudes[index], gap];
    }
    const latitudes = wanted.map(({ latitude }) => latitude);
    const bounds = L.latLngBounds(
      [Math.min(...latitudes), west], [Math.max(...latitudes), west + 360 - widest]);
    this.#byProgram(() => this.#map.fitBounds(bounds, {
      padding: [FIT_PIXELS, FIT_PIXELS], maxZoom: nearestZoom, animate: false,
    }));
    this.#isViewChosen = true;
  }

  /** {latitude, longitude, zoom} of what is shown. */
  get view() {
    const { lat, lng } = this.#map.getCenter();
    return { latitude: lat, longitude: wrapped(lng), zoom: this.#map.getZoom() };
  }

  set view(view) {
    if (!isPlace(view)) return;
    this.#isViewChosen = true;
    this.#look({ ...view, zoom: view.zoom ?? this.#map.getZoom() });
  }

  /** The view as it stands in an address: `map=5/52.5/13.2`. */
  get hash() {
    const { latitude, longitude, zoom } = this.view;
    const digits = Math.max(1, Math.ceil(zoom / 3));
    return `map=${zoom}/${latitude.toFixed(digits)}/${longitude.toFixed(digits)}`;
  }

  /** Leaves nothing behind. */
  destroy() {
    window.removeEventListener("hashchange", this.#addressChanged);
    cancelAnimationFrame(this.#hoverFrame);
    this.#resizes.disconnect();
    this.#map.getContainer().querySelector(".map-cross").remove();
    this.#map.remove();
  }

  #look({ latitude, longitude, zoom }) {
    this.#byProgram(() =>
      this.#map.setView([latitude, longitude], Math.round(zoom), { animate: false }));
  }

  #byProgram(move) {
    this.#isMovedByProgram = true;
    move();
    this.#isMovedByProgram = false;
  }

  #offerLayers(hasMaps) {
    const control = new LayerControl(this.#map, hasMaps);
    const offer = (id, name, isOn, layer) => control.offer(id, name, isOn, (isShown) => {
      if (isShown) this.#map.addLayer(layer);
      else layer.remove();
    });
    offer("outlines", "Countries", true, new Outlines("outlines"));
    offer("graticule", "Longitude and latitude", true, new Graticule("grids"));
    offer("maidenhead", "Maidenhead locators", false, new Maidenhead("grids"));
    control.offer("rings", "Distance from the station", true, (isShown) => {
      this.#station.hasRings = isShown;
    });
  }

  #listen(container) {
    const map = this.#map;
    map.on("click", ({ containerPoint, latlng }) => this.#press(containerPoint, latlng));
    map.on("mousemove", ({ containerPoint }) => {
      this.#hoverFrame ??= requestAnimationFrame(() => {
        this.#hoverFrame = null;
        const id = this.#points.hit(containerPoint);
        this.#points.point(id);
        container.classList.toggle("map-hit", id !== null);
      });
    });
    map.on("mouseout", () => this.#points.point(null));
    container.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.target !== container) return;
      this.#press(map.getSize().divideBy(2), map.getCenter());
    });
    map.on("moveend", () => {
      if (this.#isMovedByProgram || !map.getSize().x) return;
      this.#isViewChosen = true;
      if (this.#hasHash) this.#writeAddress();
    });
    // Not the window only: a page may give the map more or less room.
    this.#resizes = new ResizeObserver(() => this.#byProgram(() =>
      map.invalidateSize({ animate: false })));
    this.#resizes.observe(container);
  }

  #press(at, latlng) {
    const id = this.#points.hit(at);
    if (id !== null) return this.onPoint(id);
    this.#onPick?.({ latitude: latlng.lat, longitude: wrapped(latlng.lng) });
  }

  // ---- The address

  #addressChanged = () => {
    const view = viewOf(location.hash);
    if (view) this.view = view;
  };

  #followAddress() {
    this.#addressChanged();
    window.addEventListener("hashchange", this.#addressChanged);
  }

  #writeAddress() {
    const others = location.hash.replace(VIEW_PATTERN, "").replace(/^[#&]+/, "");
    const fragment = others === "" ? `#${this.hash}` : `#${others}&${this.hash}`;
    try {
      history.replaceState(history.state, "", fragment);
    } catch {
      // Browsers allow so many changes in a time; the next one writes it.
    }
  }
}
