// Where the phone is, from the browser, which tells it in a secure context only.

import { accuracyText } from "./places.js";

/** A device that stands still may tell no new fix: after so long it is asked afresh. */
const NUDGE_MILLISECONDS = 2500;
/** An answer that is out for longer was lost while the phone slept. */
const FIX_TIMEOUT_MILLISECONDS = 15000;
/** Some browsers stamp fixes by a clock of their own: farther off than this is no time at all. */
const BELIEVABLE_MILLISECONDS = 86400000;

/** Why this browser gives this page no position, in words for its user; empty when it may. */
export function whyNoGeolocation() {
  if (!window.isSecureContext) {
    return `This page came over plain HTTP (${location.origin}), and browsers give the phone's ` +
      "position over HTTPS only. Type it in, pick it on the map, or see “This phone”.";
  }
  return "geolocation" in navigator
    ? "" : "This browser knows no geolocation. Type the position in, or pick it on the map.";
}

/** Follows the browser's geolocation and hands each fix on. */
export class PositionSharing {
  isOn = false;
  #send;
  #onChange;
  #watch = null;
  #nudge = null;
  #askedAt = 0;
  #fixedAt = 0;
  #isAsking = false;
  #newest = null;

  /** `send` gets each fix and says whether it went out; `onChange` gets the state's words. */
  constructor({ send, onChange }) {
    this.#send = send;
    this.#onChange = onChange;
  }

  begin() {
    if (this.isOn) return;
    this.isOn = true;
    this.#ask();
    this.#nudge = setInterval(() => this.#nudged(), NUDGE_MILLISECONDS / 5);
    this.#onChange("Waiting for a fix…", false);
  }

  end(words = "", isBad = false) {
    if (!this.isOn) return;
    this.isOn = false;
    navigator.geolocation.clearWatch(this.#watch);
    this.#watch = null;
    clearInterval(this.#nudge);
    this.#newest = null;
    this.#onChange(words, isBad);
  }

  /**
   * There is a connection again: the newest fix goes first, under its own time, and even if it was
   * sent before, because what goes into a dying connection may be lost.
   */
  connected() {
    if (this.#newest) this.#handOn(this.#newest);
  }

  /** The phone was asleep: what was asked before may never be answered. */
  woke() {
    if (this.isOn) this.#ask();
  }

  #nudged() {
    const now = performance.now();
    const isLost = now - this.#askedAt > 2 * FIX_TIMEOUT_MILLISECONDS;
    const isFresh = now - this.#fixedAt < NUDGE_MILLISECONDS;
    // A second question before the first is answered would start the search anew.
    if (this.#isAsking ? isLost : !isFresh) this.#ask();
  }

  /** A new watch gives the present fix at once; a running one only tells changes. */
  #ask() {
    if (this.#watch !== null) navigator.geolocation.clearWatch(this.#watch);
    this.#isAsking = true;
    this.#askedAt = performance.now();
    this.#watch = navigator.geolocation.watchPosition(
      (position) => this.#fix(position),
      (error) => this.#failed(error),
      { enableHighAccuracy: true, maximumAge: 0, timeout: FIX_TIMEOUT_MILLISECONDS });
  }

  #fix({ coords, timestamp }) {
    if (!this.isOn) return;
    this.#fixedAt = performance.now();
    this.#isAsking = false;
    const { latitude, longitude, altitude, accuracy } = coords;
    const isBelievable = Math.abs(Date.now() - timestamp) < BELIEVABLE_MILLISECONDS;
    const time = isBelievable ? Math.min(timestamp, Date.now()) : Date.now();
    this.#handOn({ latitude, longitude, altitude, accuracy, time });
  }

  #handOn(fix) {
    this.#newest = fix;
    const isSent = this.#send(fix);
    const words = `Sharing, with a fix of ${accuracyText(fix.accuracy)}.`;
    this.#onChange(isSent ? words : "A fix, but no connection: it goes out first when there is " +
      "one again.", !isSent);
  }

  #failed(error) {
    if (!this.isOn) return;
    this.#isAsking = false;
    if (error.code === error.PERMISSION_DENIED) {
      this.end("The browser refused: allow the position for this page in its settings, or type " +
        "it in below.", true);
    } else {
      this.#onChange("No fix at the moment. Still trying.", true);
    }
  }
}
