// Where everything is: the mobile locations and the huts, each with the age of what is known of it.

import { Reading, stationClock } from "../shell/live.js";

/** With nothing heard for so long, the station too counts a location as silent. */
export const SILENT_SECONDS = 10;

/** More are not kept: their marks would cover the map, and a browser has its bounds. */
export const LOCATIONS_MOST = 20000;

/** A GeoJSON point as a place, or null when it is none. */
export function placeOf(geometry) {
  const [longitude, latitude, altitude] = geometry?.coordinates ?? [];
  if (!Number.isFinite(longitude) || Math.abs(longitude) > 180) return null;
  if (!Number.isFinite(latitude) || Math.abs(latitude) > 90) return null;
  return { latitude, longitude, altitude: Number.isFinite(altitude) ? altitude : null };
}

/** One location. `place` is null while nobody knows where it is. */
class Location {
  name = "";
  /** The name as a search compares it. */
  folded = "";
  isMobile = true;
  organization = null;
  place = null;
  #heard = new Reading();

  constructor(id) {
    this.id = id;
  }

  describe({ name, address, is_mobile: isMobile, organization }) {
    if (typeof name === "string") this.name = name;
    this.folded = `${this.name} ${typeof address === "string" ? address : ""}`.toLowerCase();
    if (typeof isMobile === "boolean") this.isMobile = isMobile;
    if (typeof organization === "string") this.organization = organization;
  }

  heard(ageSeconds) {
    this.#heard.set(true, ageSeconds);
  }

  /** Seconds since it was heard of; null when that is not known (yet). */
  get age() {
    return this.#heard.value === null ? null : this.#heard.age;
  }

  /** `fixed` has no age; `live` was heard of just now; everything else is `old`. */
  get state() {
    if (!this.isMobile) return "fixed";
    return this.age !== null && this.age <= SILENT_SECONDS ? "live" : "old";
  }
}

/**
 * All locations by id. `takeChanged()` tells what a view has to draw again; `version` grows when
 * there are others than before, or other names.
 */
export class Locations {
  version = 0;
  /** True once a snapshot has come. */
  isKnown = false;
  /** True when the station has more than are kept here. */
  isFull = false;
  #all = new Map();
  /** When each was last heard of on the socket, by this page's clock. */
  #ticked = new Map();
  #changed = new Set();

  get size() {
    return this.#all.size;
  }

  get(id) {
    return this.#all.get(id) ?? null;
  }

  [Symbol.iterator]() {
    return this.#all.values();
  }

  /** Takes a message of the socket; gives the location, or null when it makes no sense. */
  hear(message) {
    const place = placeOf(message.geometry);
    if (typeof message.id !== "string" || (message.geometry && !place)) return null;
    const location = this.#locationFor(message.id, message);
    if (!location) return null;
    location.place = place;
    location.heard(0);
    this.#ticked.set(location.id, performance.now());
    this.#changed.add(location.id);
    return location;
  }

  /**
   * Takes what was asked for at `askedAt`: a GeoJSON feature's properties or an entry of the list,
   * which alone knows when the location was last heard of. Gives its id.
   */
  take(description, geometry, askedAt) {
    const id = description?.id;
    if (typeof id !== "string") return null;
    const location = this.#locationFor(id, description);
    if (!location || this.#isNewer(id, askedAt)) return id;
    location.place = placeOf(geometry);
    const modified = Date.parse(description.modified ?? "");
    if (!Number.isNaN(modified)) location.heard((stationClock.now() - modified) / 1000);
    this.#changed.add(id);
    return id;
  }

  /** Forgets all others but those that were heard of after `askedAt`. */
  keepOnly(ids, askedAt) {
    for (const id of [...this.#all.keys()]) {
      if (!ids.has(id) && !this.#isNewer(id, askedAt)) this.#remove(id);
    }
  }

  /** The ids of what has changed since the last call, gone ones included. */
  takeChanged() {
    const changed = this.#changed;
    this.#changed = new Set();
    return changed;
  }

  clear() {
    for (const id of [...this.#all.keys()]) this.#remove(id);
    this.isFull = this.isKnown = false;
  }

  #isNewer(id, askedAt) {
    return (this.#ticked.get(id) ?? -Infinity) >= askedAt;
  }

  #locationFor(id, description) {
    let location = this.#all.get(id);
    if (!location) {
      this.isFull = this.#all.size >= LOCATIONS_MOST;
      if (this.isFull) return null;
      location = new Location(id);
      this.#all.set(id, location);
      this.version += 1;
    }
    const { name, organization } = location;
    location.describe(description);
    if (location.name !== name || location.organization !== organization) this.version += 1;
    return location;
  }

  #remove(id) {
    this.#all.delete(id);
    this.#ticked.delete(id);
    this.#changed.add(id);
    this.version += 1;
  }
}
