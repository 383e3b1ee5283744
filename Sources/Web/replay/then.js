// What the recording tells of the station at a moment: every value with its age at that moment.

import { SECOND, lastAt } from "./scene.js";
import { objectIn } from "./plaintext.js";
import { relayFrame } from "./seen.js";

const PLACE_TARGET = /^target (-?[\d.]+),(-?[\d.]+)(?:,(-?[\d.]+))?$/;
const LIMIT = /\\"((?:min|max)_(?:azimuth|elevation))\\":(-?\d+(?:\.\d+)?)/g;

export class StationThen {
  #scene;
  #statements = [];
  #placeTargets = [];

  constructor(scene) {
    this.#scene = scene;
    for (const entry of scene.entries) {
      if (entry.kind === "out" && /^rotor /.test(entry.summary)) this.#statements.push(entry);
      if (entry.kind === "in" && PLACE_TARGET.test(entry.summary)) this.#placeTargets.push(entry);
    }
    this.rotors = scene.tracksOf("rotor").map(({ name }) => name);
  }

  /** Everything that is known of a rotor and of the places around it. */
  at(time, rotorName) {
    const rotor = this.#direction("rotor", rotorName, time);
    const statement = this.#statement(time, rotorName);
    return {
      rotor,
      target: this.#direction("target", rotorName, time),
      trueRotor: this.#direction("true_rotor", null, time),
      station: this.#places(time, "station")[0] ?? this.#places(time, "true_station")[0] ?? null,
      phones: this.#places(time, "phone"),
      truePhones: this.#places(time, "true_phone"),
      placeTarget: this.#placeTarget(time),
      statement,
    };
  }

  /** The range of a rotor, as the station stored it until a moment; null when it did not. */
  limits(time, rotorName) {
    const lane = this.#scene.lanes.find(({ name }) => name === "store/rotors");
    const entries = this.#scene.entries;
    const indices = lane?.indices ?? [];
    const last = lastAt(indices.length, time, (place) => entries[indices[place]].at);
    for (let place = last; place >= 0; place -= 1) {
      const { content } = entries[indices[place]];
      if (!content.includes(`"name":${JSON.stringify(rotorName)}`)) continue;
      const pairs = [...content.matchAll(LIMIT)].map(([, key, value]) => [key, Number(value)]);
      if (pairs.length > 0) return Object.fromEntries(pairs);
    }
    return null;
  }

  #age(time, at) {
    return (time - at) / SECOND;
  }

  #direction(role, name, time) {
    const track = this.#scene.tracksOf(role).find((other) => name === null || other.name === name);
    const point = track?.pointAt(time);
    if (!point) return null;
    const [at, azimuth, elevation] = point;
    return { azimuth, elevation, track, ageSeconds: this.#age(time, at) };
  }

  #places(time, role) {
    return this.#scene.tracksOf(role).flatMap((track) => {
      const point = track.pointAt(time);
      if (!point) return [];
      const [at, latitude, longitude, altitude = null] = point;
      const ageSeconds = this.#age(time, at);
      return [{ name: track.name, track, latitude, longitude, altitude, ageSeconds }];
    });
  }

  /** The last frame in which the station spoke of the rotor. */
  #statement(time, rotorName) {
    const entries = this.#statements;
    const last = lastAt(entries.length, time, (index) => entries[index].at);
    for (let index = last; index >= 0 && index > last - 50; index -= 1) {
      const frame = relayFrame(objectIn(entries[index].content)?.frame);
      const isIt = frame && (rotorName === null || (frame.name ?? "rotor") === rotorName);
      if (isIt) return { ...frame, ageSeconds: this.#age(time, entries[index].at) };
    }
    return null;
  }

  /** The last place that somebody named as a target. */
  #placeTarget(time) {
    const entries = this.#placeTargets;
    const entry = entries[lastAt(entries.length, time, (index) => entries[index].at)];
    if (!entry) return null;
    const [latitude, longitude, altitude] = PLACE_TARGET.exec(entry.summary).slice(1).map(Number);
    return { latitude, longitude, altitude, ageSeconds: this.#age(time, entry.at) };
  }
}

/** Degrees between two directions. */
export function angleBetween(a, b) {
  const radians = Math.PI / 180;
  const cosine =
    Math.sin(a.elevation * radians) * Math.sin(b.elevation * radians) +
    Math.cos(a.elevation * radians) * Math.cos(b.elevation * radians)
      * Math.cos((a.azimuth - b.azimuth) * radians);
  return Math.acos(Math.min(1, Math.max(-1, cosine))) / radians;
}
