// What the map shows: everything as it is now, or the chosen trails at a moment of the past.

import { SILENT_SECONDS } from "./locations.js";

/** Marks that turn grey by themselves are looked for this often. */
const SWEEP_MILLISECONDS = 1000;
/** A line of thousands of places is handed over no more often than this. */
const TRAIL_MILLISECONDS = 1000;

export class Picture {
  #map;
  #locations;
  #trails;
  #travel;
  #isMine;
  /** The state in which each location stands on the map. */
  #drawn = new Map();
  #drawnTrails = new Map();
  #sweptAt = -Infinity;
  #trailsAt = -Infinity;
  #isFitted = false;

  /** `isMine(location)`: belongs to the organisation that the page is about. */
  constructor(map, { locations, trails, travel, isMine }) {
    this.#map = map;
    this.#locations = locations;
    this.#trails = trails;
    this.#travel = travel;
    this.#isMine = isMine;
  }

  /** Draws everything anew: another time, another organisation, somebody else. */
  clear() {
    this.#map.clearPoints();
    this.#drawn.clear();
    for (const id of this.#drawnTrails.keys()) this.#map.setTrail(id, null);
    this.#drawnTrails.clear();
    this.#sweptAt = this.#trailsAt = -Infinity;
  }

  /** Somebody else is here: their locations may be elsewhere. */
  forget() {
    this.#isFitted = false;
    this.clear();
  }

  /** Called a few times a second. */
  render() {
    const changed = this.#locations.takeChanged();
    const now = performance.now();
    if (this.#travel.isLive) {
      if (now - this.#sweptAt >= SWEEP_MILLISECONDS) {
        this.#sweptAt = now;
        this.#sweep(changed);
      }
      for (const id of changed) this.#drawLive(id);
      this.#fitOnce();
    } else {
      this.#drawPast();
    }
    if (!this.#travel.isLive || now - this.#trailsAt >= TRAIL_MILLISECONDS) this.drawTrails();
  }

  /** The lines of the chosen locations up to the moment that is shown. */
  drawTrails() {
    this.#trailsAt = performance.now();
    const until = this.#travel.now;
    const from = until - this.#travel.span;
    for (const id of [...this.#drawnTrails.keys()]) {
      if (this.#trails.get(id)) continue;
      this.#map.setTrail(id, null);
      this.#drawnTrails.delete(id);
      this.#redraw(id);
    }
    for (const trail of this.#trails) {
      const last = trail.indexAt(until);
      const first = trail.indexAt(from) + 1;
      const drawn = `${trail.version} ${first} ${last}`;
      if (this.#drawnTrails.get(trail.id) === drawn) continue;
      this.#drawnTrails.set(trail.id, drawn);
      this.#map.setTrail(trail.id, trail.line(first, last, this.#travel.span));
      this.#redraw(trail.id);
    }
  }

  /** What a trail tells of its location: the accuracy. */
  #redraw(id) {
    if (this.#travel.isLive) this.#drawLive(id);
    else if (!this.#trails.get(id)) this.#map.removePoint(id);
  }

  /** Adds to `changed` what has become silent, or known, since it was drawn. */
  #sweep(changed) {
    for (const location of this.#locations) {
      if (location.state !== this.#drawn.get(location.id)) changed.add(location.id);
    }
  }

  #drawLive(id) {
    const location = this.#locations.get(id);
    if (!location?.place || !this.#isMine(location)) {
      if (this.#drawn.delete(id)) this.#map.removePoint(id);
      // What is not on the map needs no sweep either.
      if (location) this.#drawn.set(id, location.state);
      return;
    }
    this.#drawn.set(id, location.state);
    this.#map.setPoint(id, {
      ...location.place,
      label: location.name,
      kind: location.isMobile ? "device" : "place",
      // Where something stands for good does not grow old.
      state: location.state === "old" ? "old" : "live",
      ageSeconds: location.isMobile ? location.age ?? undefined : undefined,
      accuracyMetres: this.#trails.get(id)?.lastConfirmed?.accuracy ?? undefined,
    });
  }

  /** Each chosen location where it last was at that moment; hollow, because it is not there now. */
  #drawPast() {
    for (const trail of this.#trails) {
      const position = trail.positions[trail.indexAt(this.#travel.now)];
      if (!position) {
        this.#map.removePoint(trail.id);
        continue;
      }
      const seconds = (this.#travel.now - position.time) / 1000;
      const name = this.#locations.get(trail.id)?.name ?? "";
      const since = `${Math.round(seconds)} s before`;
      this.#map.setPoint(trail.id, {
        latitude: position.latitude,
        longitude: position.longitude,
        label: seconds > SILENT_SECONDS ? `${name}, heard ${since}` : name,
        kind: "device",
        state: "old",
        accuracyMetres: position.accuracy ?? undefined,
      });
    }
  }

  /** The first places that come show where in the world this is, unless the address says it. */
  #fitOnce() {
    if (this.#isFitted || !this.#locations.isKnown || this.#drawn.size === 0) return;
    this.#isFitted = true;
    if (!location.hash.includes("map=")) this.#map.fit();
  }
}
