// Where the phone is: from the browser, which gives it in a secure context only, or typed in.

/** A device that stands still may tell no new fix: after so long it is asked afresh. */
const NUDGE_MILLISECONDS = 2500;
const FIX_TIMEOUT_MILLISECONDS = 15000;

/** Why this browser gives this page no position, in words for its user; empty when it may. */
export function whyNoGeolocation() {
  if (!window.isSecureContext) {
    return `This page came over plain HTTP (${location.origin}). Browsers give a page the ` +
      "phone's position over HTTPS only, so this one may not even ask. Type the position in " +
      "below, or have the station served over HTTPS.";
  }
  return "geolocation" in navigator
    ? "" : "This browser knows no geolocation. Type the position in below.";
}

/** Degrees as people write them: "-33.87", "33,87 S", "S 33.87°". NaN when it is no such angle. */
export function typedAngle(text, limit, positive, negative) {
  const letters = `[${positive}${negative}]`;
  const number = "[-+−]?\\d+(?:[.,]\\d+)?";
  const form = new RegExp(`^(${letters})?\\s*(${number})\\s*°?\\s*(${letters})?$`, "i");
  const match = form.exec(text.trim());
  if (!match || (match[1] && match[3])) return NaN;
  const letter = (match[1] ?? match[3] ?? "").toUpperCase();
  const value = Number(match[2].replace(",", ".").replace("−", "-"));
  if (letter && value < 0) return NaN;
  const signed = letter === negative ? -value : value;
  return Math.abs(signed) <= limit ? signed : NaN;
}

/** Metres, undefined when nothing was typed, NaN when it is no height on or near the Earth. */
export function typedAltitude(text) {
  const trimmed = text.trim();
  if (trimmed === "") return undefined;
  const form = /^([-+−]?\d+(?:[.,]\d+)?)\s*m?$/i.exec(trimmed);
  const value = form ? Number(form[1].replace(",", ".").replace("−", "-")) : NaN;
  return Math.abs(value) <= 100000 ? value : NaN;
}

/** Follows the browser's geolocation and hands each fix on. */
export class PositionSharing {
  isOn = false;
  #onPosition;
  #onChange;
  #watch = null;
  #nudge = null;
  #fixedAt = 0;
  #isAsking = false;
  #wakeLock = null;
  #isHeld = false;

  /** `onPosition` gets each fix and says whether it went out; `onChange` gets the state's words. */
  constructor({ onPosition, onChange }) {
    this.#onPosition = onPosition;
    this.#onChange = onChange;
    document.addEventListener("visibilitychange", () => this.#stayAwake());
  }

  begin() {
    this.isOn = true;
    this.#ask();
    this.#nudge = setInterval(() => {
      // A second question before the first is answered would start the search anew.
      const isFresh = performance.now() - this.#fixedAt < NUDGE_MILLISECONDS;
      if (!this.#isAsking && !isFresh) this.#ask();
    }, NUDGE_MILLISECONDS / 5);
    this.#stayAwake();
    this.#onChange("Waiting for a fix…", false);
  }

  /** A new watch gives the present fix at once; a running one only tells changes. */
  #ask() {
    if (this.#watch !== null) navigator.geolocation.clearWatch(this.#watch);
    this.#isAsking = true;
    this.#watch = navigator.geolocation.watchPosition(
      (position) => this.#fix(position),
      (error) => this.#failed(error),
      { enableHighAccuracy: true, maximumAge: 0, timeout: FIX_TIMEOUT_MILLISECONDS });
  }

  end(words = "", isBad = false) {
    if (!this.isOn) return;
    this.isOn = false;
    navigator.geolocation.clearWatch(this.#watch);
    this.#watch = null;
    clearInterval(this.#nudge);
    this.#wakeLock?.release().catch(() => {});
    this.#wakeLock = null;
    this.#onChange(words, isBad);
  }

  #fix({ coords, timestamp }) {
    if (!this.isOn) return;
    this.#fixedAt = performance.now();
    this.#isAsking = false;
    const { latitude, longitude, altitude, accuracy } = coords;
    const isSent = this.#onPosition({ latitude, longitude, altitude, accuracy, time: timestamp });
    const words = `Sharing, accurate to ${Math.ceil(accuracy)} m. Keep this page in front.`;
    this.#onChange(isSent ? words : "A fix, but no connection to send it.", !isSent);
  }

  #failed(error) {
    if (!this.isOn) return;
    if (error.code === error.PERMISSION_DENIED) {
      this.end("The browser refused: allow the position for this page in its settings, or type " +
        "it in below.", true);
    } else {
      this.#onChange("No fix at the moment. Still trying.", true);
    }
  }

  /** A phone that sleeps sends nothing. Browsers without a wake lock leave that to the user. */
  async #stayAwake() {
    if (!this.isOn || this.#isHeld || document.visibilityState !== "visible") return;
    this.#isHeld = true;
    try {
      this.#wakeLock = await navigator.wakeLock?.request("screen") ?? null;
      this.#wakeLock?.addEventListener("release", () => { this.#isHeld = false; });
      if (!this.#wakeLock) this.#isHeld = false;
      if (!this.isOn) this.#wakeLock?.release();
    } catch {
      this.#isHeld = false;
    }
  }
}
