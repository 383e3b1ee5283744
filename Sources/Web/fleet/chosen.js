// The chosen location: what is known of it, and its trail as a file.

import { account } from "../shell/account.js";
import { announce } from "../shell/connection.js";
import { $, ageText, placeText, show, stationClock } from "../shell/live.js";
import { download } from "./download.js";
import { ageWords } from "./list.js";

const FORMATS = ["gpx", "csv", "geojson"];

export class Chosen {
  #locations;
  #trails;
  #feed;
  /** The id, or null. */
  id = null;

  constructor({ locations, trails, feed, onClose }) {
    this.#locations = locations;
    this.#trails = trails;
    this.#feed = feed;
    $("chosen-close").addEventListener("click", onClose);
    for (const format of FORMATS) {
      $(`trail-${format}`).addEventListener("click", () => this.#download(format));
    }
  }

  get location() {
    return this.#locations.get(this.id);
  }

  get isFollowed() {
    return $("follow").checked;
  }

  choose(id) {
    this.id = id;
    show($("chosen-message"), "");
  }

  render() {
    const location = this.location;
    $("chosen").hidden = location === null;
    if (!location) return;
    const isLive = location.state !== "old" && this.#feed.socket?.isOpen === true;
    show($("chosen-name"), location.name);
    show($("chosen-age"), ageWords(location));
    $("chosen").classList.toggle("old", !isLive);
    const { latitude, longitude, altitude } = location.place ?? {};
    show($("chosen-place"), placeText(latitude, longitude, altitude) ?? "nowhere yet");
    show($("chosen-accuracy"), this.#accuracyText());
    show($("chosen-trail"), this.#trailText());
  }

  #accuracyText() {
    const accuracy = this.#trails.get(this.id)?.lastConfirmed?.accuracy;
    if (!(accuracy > 0)) return "not told";
    return `± ${accuracy < 10 ? accuracy.toFixed(1) : Math.round(accuracy)} m`;
  }

  #trailText() {
    const trail = this.#trails.get(this.id);
    if (!trail) return "not shown";
    if (trail.refusal) return trail.refusal;
    if (!trail.isLoaded) return "loading…";
    const first = trail.positions[0];
    if (!first) return "none yet";
    const seconds = Math.max(0, (stationClock.now() - first.time) / 1000);
    return `${trail.positions.length} positions, the first ${ageText(seconds)}`;
  }

  async #download(format) {
    const { id, name } = this.location ?? {};
    if (!id) return;
    const path = `/v1/locations/${encodeURIComponent(id)}/trail?format=${format}`;
    show($("chosen-message"), "");
    try {
      await download(path, account.bearer, `${name || "trail"}.${format}`);
      announce(`The trail of ${name} was saved as ${format.toUpperCase()}.`);
    } catch (error) {
      show($("chosen-message"), error.message);
    }
  }
}
