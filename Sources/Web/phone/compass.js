// The phone as a pointer: its compass and its tilt, where a browser gives them to a page.

import { Reading } from "../shell/live.js";
import { Steadied, topEdge } from "./attitude.js";

/** Hands tremble; a rotor does not mind a quarter of a second. */
const STEADY_SECONDS = 0.25;
/** A phone with a compass tells it many times a second. */
const PATIENCE_MILLISECONDS = 2000;
/** iPhones give up on a worse compass than this, in degrees. */
const POOR_DEGREES = 15;

/** Why this browser gives this page no compass, in words; empty when it may have one. */
export function whyNoCompass() {
  if ("DeviceOrientationEvent" in window) return "";
  return window.isSecureContext
    ? "This browser tells no page how the phone is held."
    : `This page came over plain HTTP (${location.origin}), and browsers tell how the phone is ` +
      "held over HTTPS only. Point by map or by numbers, or see “This phone”.";
}

/** `state` is `off`, `waiting`, `live`, `refused` or `absent`; `direction` from magnetic north. */
export class Compass {
  state = "off";
  direction = new Reading();
  /** Degrees by which the compass may be wrong, negative when it is not calibrated, or null. */
  accuracy = null;
  #steadied = new Steadied(STEADY_SECONDS);
  #onChange;
  #onTurn = (event) => this.#turned(event);

  constructor(onChange) {
    this.#onChange = onChange;
  }

  /** Starts it. iPhones ask their user, and only while a button is being pressed. */
  async begin() {
    if (whyNoCompass() !== "" || this.state === "waiting" || this.state === "live") return;
    this.#become("waiting");
    try {
      const answer = await window.DeviceOrientationEvent.requestPermission?.() ?? "granted";
      if (answer !== "granted") return this.#become("refused");
    } catch {
      return this.#become("refused");
    }
    window.addEventListener("deviceorientation", this.#onTurn);
    window.addEventListener("deviceorientationabsolute", this.#onTurn);
    setTimeout(() => {
      if (this.state === "waiting") this.#become("absent");
    }, PATIENCE_MILLISECONDS);
  }

  end() {
    window.removeEventListener("deviceorientation", this.#onTurn);
    window.removeEventListener("deviceorientationabsolute", this.#onTurn);
    this.direction.clear();
    this.accuracy = null;
    this.#become("off");
  }

  /** How far the compass can be trusted, in words; empty when the browser does not tell. */
  get accuracyWords() {
    if (this.accuracy === null) return "";
    if (this.accuracy < 0) return "The compass is disturbed: move the phone in a figure of eight.";
    const words = `Compass ±${Math.round(this.accuracy)}°`;
    return this.accuracy <= POOR_DEGREES
      ? `${words}.` : `${words}: keep away from metal, or move the phone in a figure of eight.`;
  }

  #turned(event) {
    const direction = topEdge(event);
    if (!direction) return;
    this.direction.set(this.#steadied.add(direction, performance.now() / 1000));
    const accuracy = event.webkitCompassAccuracy;
    this.accuracy = Number.isFinite(accuracy) ? accuracy : null;
    if (this.state !== "live") this.#become("live");
  }

  #become(state) {
    this.state = state;
    this.#onChange();
  }
}
