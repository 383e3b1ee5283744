// The form for a position that is typed in, or picked on the map.

import { $, keep, kept, placeText, show } from "../shell/live.js";
import { accuracyText, digitsFor, splitPair, typedAltitude, typedPlace } from "./places.js";

const REPEAT_MILLISECONDS = 2000;
const FIELDS = ["latitude", "longitude", "altitude"];
const WRONG = {
  latitude: "Latitude: −90 to 90, like 48.1371, 33.87 S or 48° 08.2' N; or a locator: JN58td.",
  longitude: "Longitude: −180 to 180, like 11.5754, 70.5 W or 11° 34.5' E.",
  altitude: "Altitude: metres above the ellipsoid, or nothing.",
};

const NO_CONNECTION = "Not sent: there is no connection.";

/** Sends what stands in the form, once or over and over. */
export class TypedPosition {
  #send;
  #onBegin;
  /** The last place that was asked to be sent. */
  #confirmed = null;

  /** `send` gets a place and says whether it went out; `onBegin` is called before the first. */
  constructor({ send, onBegin, onChange }) {
    this.#send = send;
    this.#onBegin = onBegin;
    for (const name of FIELDS) {
      $(name).value = kept("localStorage", `typed-${name}`) ?? "";
      $(name).addEventListener("input", () => {
        this.#say("", false);
        this.#readBack();
      });
    }
    $("latitude").addEventListener("change", () => this.#split());
    $("position-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.sendNow();
    });
    $("keep-sending").addEventListener("change", () => {
      if (this.isKept && this.#checked() === null) $("keep-sending").checked = false;
      if (this.isKept) this.sendNow();
      onChange();
    });
    setInterval(() => {
      if (this.isKept && this.#confirmed) this.#sendConfirmed();
    }, REPEAT_MILLISECONDS);
    this.#readBack();
  }

  /** Whether it is sent over and over. */
  get isKept() {
    return $("keep-sending").checked;
  }

  set isKept(isKept) {
    $("keep-sending").checked = isKept;
  }

  /** Puts a place from the map into the form, with as many digits as it is worth. */
  fill({ latitude, longitude, accuracy }) {
    const digits = digitsFor(accuracy);
    $("latitude").value = latitude.toFixed(digits);
    $("longitude").value = longitude.toFixed(digits);
    this.#readBack();
  }

  /** Sends what stands in the form; only that is repeated, never what is half typed. */
  sendNow() {
    const place = this.#checked();
    if (place === null) return;
    this.#onBegin();
    this.#confirmed = place;
    for (const name of FIELDS) keep("localStorage", `typed-${name}`, $(name).value);
    this.#readBack();
    if (this.#sendConfirmed()) this.#say("Sent.", false);
  }

  /** There is a connection again. */
  connected() {
    if (!this.isKept) return;
    if (this.#confirmed) this.#sendConfirmed();
    else this.sendNow();
  }

  #sendConfirmed() {
    const isSent = this.#send({ ...this.#confirmed, time: Date.now() });
    if (!isSent) this.#say(NO_CONNECTION, true);
    else if ($("position-message").textContent === NO_CONNECTION) this.#say("Sent.", false);
    return isSent;
  }

  #place() {
    return {
      ...typedPlace($("latitude").value, $("longitude").value),
      altitude: typedAltitude($("altitude").value),
    };
  }

  #wrongFields({ latitude, longitude, altitude }) {
    const isMissing = {
      latitude: latitude === undefined,
      longitude: longitude === undefined,
      altitude: Number.isNaN(altitude),
    };
    return FIELDS.filter((name) => isMissing[name]);
  }

  /** The place in the form, or null after saying what is wrong with it. */
  #checked() {
    this.#split();
    const place = this.#place();
    const wrong = this.#wrongFields(place);
    for (const name of FIELDS) $(name).setAttribute("aria-invalid", String(wrong.includes(name)));
    if (wrong.length === 0) return place;
    this.#say(wrong.map((name) => WRONG[name]).join(" "), true);
    return null;
  }

  /** Both at once, as maps copy them, go to their own fields. */
  #split() {
    const halves = splitPair($("latitude").value);
    if (halves) [$("latitude").value, $("longitude").value] = halves;
    this.#readBack();
  }

  /** Says what is understood, so that a slip is seen before it is sent. */
  #readBack() {
    const place = this.#place();
    const isWhole = this.#wrongFields(place).length === 0;
    if (isWhole) for (const name of FIELDS) $(name).setAttribute("aria-invalid", "false");
    const { latitude, longitude, altitude, accuracy } = place;
    const words = isWhole
      ? `Read as ${placeText(latitude, longitude, altitude)} ${accuracyText(accuracy)}.` : "";
    const isSame = JSON.stringify(place) === JSON.stringify(this.#confirmed);
    const isWaiting = isWhole && this.isKept && this.#confirmed !== null && !isSame;
    show($("read-back"), isWaiting ? `${words} Not sent yet: press Send.` : words);
  }

  #say(text, isBad) {
    show($("position-message"), text);
    $("position-message").classList.toggle("bad", isBad);
  }
}
