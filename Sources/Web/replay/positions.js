// Where rotors, phones and the antenna were over time, as a recording's messages tell.

import { printable } from "./plaintext.js";
import { directionOf, fixOf, gpsdReports, placeOf, placeOfNumbers, relayFrame } from "./seen.js";

/** Positions that are kept: ten rotors and phones once a second for hours. */
const MOST_POSITIONS = 200_000;
/** Rotors, phones and receivers; more are not told apart on a map anyway. */
const MOST_TRACKS = 32;

export class PositionTracks {
  #tracks = [];
  #count = 0;

  /** The tracks, their points by time. */
  get inOrder() {
    for (const { points } of this.#tracks) points.sort((a, b) => a[0] - b[0]);
    return this.#tracks;
  }

  /** Where the configuration says that the antenna stands. */
  addConfiguration({ station, simulated_receiver: simulated }) {
    this.#addPlace("station", "station", 0, placeOfNumbers(station ?? simulated));
  }

  add({ kind, stream, at, content }) {
    if (kind === "mark" && stream === "world") this.#addWorld(at, content);
    if (kind === "in" && stream === "gpsd") this.#addReports(at, content.received ?? "");
    if (!stream.startsWith("ws/")) return;
    if (kind === "in") this.#addHeard(at, stream, relayFrame(content.text));
    if (kind === "out") this.#addSaid(at, relayFrame(content.frame));
  }

  #addWorld(at, { phone, antenna, rotor }) {
    this.#addPlace("true_phone", "phone", at, placeOfNumbers(phone));
    this.#addPlace("true_station", "antenna", at, placeOfNumbers(antenna));
    const isPair = Array.isArray(rotor) && rotor.length === 2;
    const direction = isPair ? directionOf({ azimuth: rotor[0], elevation: rotor[1] }) : null;
    this.#addDirection("true_rotor", "rotor", at, direction);
  }

  #addReports(at, text) {
    for (const { report } of gpsdReports(text)) {
      if (report?.class === "TPV") this.#addPlace("station", "station", at, fixOf(report));
    }
  }

  /** What a client said. */
  #addHeard(at, socket, frame) {
    if (frame?.type === "location") this.#addPlace("phone", socket, at, frame.place);
    if (frame?.type === "target") this.#addDirection("target", socket, at, frame.direction);
  }

  /** What the station said; of positions it repeats only those of rotors. */
  #addSaid(at, frame) {
    if (frame?.type !== "rotor") return;
    const name = frame.name ?? "rotor";
    this.#addDirection("rotor", name, at, frame.direction);
    this.#addDirection("target", name, at, frame.target);
  }

  #addDirection(role, name, at, direction) {
    if (direction) this.#add(role, name, [at, direction.azimuth, direction.elevation]);
  }

  #addPlace(role, name, at, place) {
    if (!place) return;
    const { latitude, longitude, altitude } = placeOf(place);
    this.#add(role, name, [at, latitude, longitude, ...(altitude === null ? [] : [altitude])]);
  }

  #add(role, name, point) {
    let track = this.#tracks.find((other) => other.role === role && other.name === printable(name));
    if (!track && this.#tracks.length < MOST_TRACKS) {
      track = { role, name: printable(name), points: [] };
      this.#tracks.push(track);
    }
    if (!track || this.#count >= MOST_POSITIONS) return;
    // The same frame goes to several sockets.
    const last = track.points[track.points.length - 1] ?? [];
    if (last.length === point.length && last.every((value, i) => value === point[i])) return;
    track.points.push(point);
    this.#count += 1;
  }
}
