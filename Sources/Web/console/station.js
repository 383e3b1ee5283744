// Where the antenna stands, and the map around it: its line of sight, its target, the phone.

import { $, Reading, placeText, request, show, showAge } from "../shell/live.js";
import { pulse } from "../shell/pulse.js";
import { StationMap } from "../map/map.js";

const ASK_MILLISECONDS = 3000;

export class StationView {
  /** {latitude, longitude, altitude?} or null. */
  place = null;
  #words = new Reading();
  #isFixed = false;
  #phone = new Reading();
  #map;

  constructor({ onPick }) {
    this.#map = new StationMap($("map"), {
      label: "Map of the station. Arrow keys move it, plus and minus zoom, "
        + "Enter points at its middle.",
      onPick,
    });
    $("fit-map").addEventListener("click", () => this.#map.fit());
    pulse(ASK_MILLISECONDS, () => this.#ask());
  }

  get isPhoneLive() {
    return this.#phone.isLive;
  }

  /** A `location` message of the relay; what makes no sense is ignored. */
  hearPhone({ geometry, accuracy, heading }) {
    const [longitude, latitude, altitude] =
      geometry?.type === "Point" && Array.isArray(geometry.coordinates) ? geometry.coordinates : [];
    const text = placeText(latitude, longitude, altitude);
    if (!text) return;
    const isAccurate = Number.isFinite(accuracy) && accuracy >= 0;
    this.#phone.set({
      text: text + (isAccurate ? ` ±${Math.ceil(accuracy)} m` : ""),
      latitude, longitude, heading, accuracy: isAccurate ? accuracy : undefined,
    });
  }

  forgetPhone() {
    this.#phone.clear();
  }

  /** `rotor` and `target` as the readings have them, or null. */
  render({ rotor, target, isRotorLive, isConnected }) {
    show($("station"), this.#words.value ?? "–");
    showAge($("station-age"), this.#words, $("station-row"), isConnected);
    // A position that was typed in does not age, as long as the station is there.
    const isOld = $("station-row").classList.contains("old");
    if (this.#isFixed && !isOld) show($("station-age"), "");
    show($("phone"), this.#phone.value?.text ?? "none yet");
    showAge($("phone-age"), this.#phone, $("phone-row"), isConnected);
    this.#map.setBearing(rotor?.azimuth ?? null, isRotorLive);
    this.#map.setTarget(Number.isFinite(target?.latitude) ? target : null, isRotorLive);
    const phone = this.#phone.value;
    if (!phone) return this.#map.removePoint("phone");
    this.#map.setPoint("phone", {
      latitude: phone.latitude, longitude: phone.longitude, label: "Phone", kind: "phone",
      accuracyMetres: phone.accuracy, ageSeconds: this.#phone.age,
      state: isConnected && this.#phone.isLive ? "live" : "old",
    });
  }

  async #ask() {
    const answer = await request("GET", "/api/station").catch(() => null);
    if (!answer) return;
    const { latitude, longitude, altitude, source } = answer;
    const text = placeText(latitude, longitude, altitude);
    this.place = text && source !== "none" ? { latitude, longitude, altitude } : null;
    this.#isFixed = source === "fixed";
    this.#map.setStation(this.place);
    if (!this.place) {
      this.#words.set("does not know where it stands (start gpsd, or give --station LAT,LON)");
    } else if (this.#isFixed) {
      this.#words.set(`${text} · fixed`);
    } else {
      const used = Number.isInteger(answer.satellites_used)
        ? `, ${answer.satellites_used} satellites` : "";
      const fix = answer.fix === "none" ? "no fix" : `${answer.fix} fix`;
      this.#words.set(`${text} · ${source} ${fix}${used}`, answer.age_seconds ?? 0);
    }
  }
}
