// Choosing a place on the map: a sheet over the sections, with STOP still below it.

import { $, placeText, request, show } from "../shell/live.js";
import { accuracyText } from "./places.js";

const LEAFLET = "/assets/leaflet/leaflet.js";
/** How far a gloved finger misses, and how much ground a pixel is at zoom 0 on the equator. */
const TOUCH_PIXELS = 10;
const METRES_PER_PIXEL = 156543;

/** One map for all questions, loaded with the first of them. */
export class PlacePicker {
  #map = null;
  #place = null;
  #answer = null;
  #marks;

  /** `marks()` gives what is shown besides: `{phone, target, azimuth, isLive}`, some of it null. */
  constructor(marks) {
    this.#marks = marks;
    $("picker-use").addEventListener("click", () => this.#finish(this.#place));
    $("picker-cancel").addEventListener("click", () => this.#finish(null));
  }

  get isOpen() {
    return this.#answer !== null;
  }

  /** Asks for a place: `{latitude, longitude, accuracy}`, or null when none is wanted after all. */
  async pick({ title, use }) {
    this.#finish(null);
    show($("picker-title"), title);
    show($("picker-use"), use);
    this.#choose(null);
    const from = document.activeElement;
    const answer = new Promise((resolve) => { this.#answer = resolve; });
    $("picker").hidden = false;
    document.body.dataset.picking = "";
    await this.#load();
    if (this.isOpen) $("picker-map").focus();
    const place = await answer;
    from?.focus();
    return place;
  }

  /** Shows what has moved. */
  render() {
    if (!this.#map || !this.isOpen) return;
    const { phone, target, azimuth, isLive } = this.#marks();
    this.#map.setBearing(azimuth, isLive);
    this.#map.setTarget(target, isLive);
    if (phone) this.#map.setPoint("phone", { ...phone, kind: "phone", label: "This phone" });
  }

  /** Closes without an answer, as when another section is chosen. */
  cancel() {
    this.#finish(null);
  }

  #finish(place) {
    const answer = this.#answer;
    this.#answer = null;
    $("picker").hidden = true;
    delete document.body.dataset.picking;
    answer?.(place);
  }

  #choose(place) {
    this.#place = place;
    $("picker-use").disabled = place === null;
    show($("picker-place"), place === null
      ? "Tap the map, or press Enter for its middle." : placeWords(place));
    if (!this.#map) return;
    if (place) this.#map.setPoint("picked", { ...place, kind: "place", label: "Chosen" });
    else this.#map.removePoint("picked");
  }

  /** A tap on the phone's own mark means its place. */
  #choosePhone() {
    const { phone } = this.#marks();
    if (phone) this.#choose({ ...phone, accuracy: phone.accuracyMetres });
  }

  #touched({ latitude, longitude }) {
    const metres = METRES_PER_PIXEL * Math.cos(latitude * Math.PI / 180) / 2 ** this.#map.view.zoom;
    return { latitude, longitude, accuracy: TOUCH_PIXELS * metres };
  }

  async #load() {
    if (this.#map) return;
    show($("picker-state"), "Loading the map…");
    try {
      await script(LEAFLET);
      const { StationMap } = await import("../map/map.js");
      this.#map = new StationMap($("picker-map"), {
        label: "Map to choose a place on",
        onPick: (place) => this.#choose(this.#touched(place)),
        hash: false,
      });
      this.#map.onPoint = () => this.#choosePhone();
      show($("picker-state"), "");
    } catch {
      show($("picker-state"), "The map could not be loaded. Type the place in instead.");
      return;
    }
    if (this.#place) this.#choose(this.#place);
    this.render();
    await this.#showStation();
  }

  async #showStation() {
    const station = await request("GET", "/api/station").catch(() => null);
    const isKnown = Number.isFinite(station?.latitude) && Number.isFinite(station?.longitude);
    if (!isKnown || station.source === "none") return;
    this.#map.setStation(station);
    const { phone } = this.#marks();
    if (phone) this.#map.fit([station, phone]);
  }
}

function placeWords({ latitude, longitude, accuracy }) {
  const about = Number.isFinite(accuracy) ? ` ${accuracyText(accuracy)}` : "";
  return `${placeText(latitude, longitude)}${about}`;
}

/** Loads a classic script, once. */
function script(source) {
  if (document.querySelector(`script[src="${source}"]`)) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const made = document.createElement("script");
    made.onload = resolve;
    made.onerror = () => {
      made.remove();
      reject(new Error(`no ${source}`));
    };
    made.src = source;
    document.head.append(made);
  });
}
