// The moment on the map and on the polar plot.

import { LIVE_SECONDS } from "../shell/live.js";
import { StationMap } from "../map/map.js";
import { PolarPlot, TRAIL_LENGTH } from "../rotor/polar.js";

/** Places of a trail that are drawn: more cannot be told apart on a screen. */
const MOST_TRAIL_PLACES = 400;
/** Closer there is nothing but the noise of receivers. */
const NEAREST_ZOOM = 17;
/** The map is moved this often while playing. */
const MAP_MILLISECONDS = 150;

/** Whether a value was fresh at its moment. */
export const isFresh = (value) => value !== null && value.ageSeconds <= LIVE_SECONDS;

export class Pictures {
  #map;
  #polar;
  #scene = null;
  #then = null;
  #limits = "";
  #phones = new Set();
  #mapTimer = null;
  #waiting = null;

  constructor(mapElement, polarElement) {
    this.#map = new StationMap(mapElement, { label: "Map then: station, phones, target" });
    this.#polar = new PolarPlot(polarElement);
  }

  open(scene, then) {
    this.#scene = scene;
    this.#then = then;
    this.#limits = "";
    this.#phones.clear();
    this.#map.clearPoints();
    this.#map.setStation(null);
    this.#map.setTarget(null);
    this.#map.setBearing(null);
    this.#polar.setLimits(null);
    if (!location.hash.includes("map=")) this.fit();
  }

  /** Brings every place of the recording into view. */
  fit() {
    const tracks = this.#scene.tracksOf("station", "phone");
    const seen = tracks.length > 0 ? tracks : this.#scene.tracksOf("true_station", "true_phone");
    const places = seen.flatMap((track) => track.wayUntil(Infinity, MOST_TRAIL_PLACES))
      .map(([, latitude, longitude]) => ({ latitude, longitude }));
    this.#map.fit(places, NEAREST_ZOOM);
  }

  /** Shows what was known at a moment. */
  show(time, rotorName, state) {
    this.#showPolar(time, rotorName, state);
    this.#waiting = { time, state };
    this.#mapTimer ??= setTimeout(() => {
      this.#mapTimer = null;
      this.#showMap(this.#waiting);
    }, MAP_MILLISECONDS);
  }

  #showPolar(time, rotorName, { rotor, target }) {
    const limits = rotorName === null ? null : this.#then.limits(time, rotorName);
    if (JSON.stringify(limits) !== this.#limits) {
      this.#limits = JSON.stringify(limits);
      this.#polar.setLimits(limits);
    }
    const way = rotor?.track.wayUntil(time, TRAIL_LENGTH) ?? [];
    this.#polar.setTrail(way.map(([, azimuth, elevation]) => ({ azimuth, elevation })));
    this.#polar.show({ rotor, target, isLive: isFresh(rotor) });
  }

  #showMap({ time, state }) {
    const { rotor, station, phones } = state;
    this.#map.setStation(station);
    this.#map.setTrail("station", station && places(station.track, time));
    this.#map.setBearing(rotor?.azimuth ?? null, isFresh(rotor));
    const aim = aimOf(state);
    this.#map.setTarget(aim, isFresh(aim));
    for (const name of this.#phones) {
      if (!phones.some((phone) => phone.name === name)) this.#map.removePoint(name);
    }
    this.#phones = new Set(phones.map(({ name }) => name));
    for (const phone of phones) {
      this.#map.setPoint(phone.name, {
        latitude: phone.latitude, longitude: phone.longitude, kind: "phone",
        label: isFresh(phone) ? `phone ${phone.name}` : "",
        state: isFresh(phone) ? "live" : "old",
      });
      this.#map.setTrail(phone.name, places(phone.track, time));
    }
  }
}

/** The way of something until a moment. */
function places(track, time) {
  return track.wayUntil(time, MOST_TRAIL_PLACES)
    .map(([, latitude, longitude]) => [latitude, longitude]);
}

/** The place that the rotor was to look at: the phone's while it tracked, or one that was named. */
export function aimOf({ statement, phones, placeTarget }) {
  if (statement?.mode === "track") {
    return [...phones].sort((a, b) => a.ageSeconds - b.ageSeconds)[0] ?? null;
  }
  return statement?.mode === "manual" && statement.target ? placeTarget : null;
}
