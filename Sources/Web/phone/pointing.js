// One order to point the rotor somewhere, and what the station says of it.

import { Reading, degrees, placeText, targetText } from "../shell/live.js";
import { azimuthsApart } from "./attitude.js";

/** How long the station may take before its silence is told, in milliseconds. */
const CONFIRM_MILLISECONDS = 3000;
/** A message of before the order may still be on its way for so long. */
const CROSSING_MILLISECONDS = 1500;
/** The station's numbers are rounded. */
const SAME_DEGREES = 0.1;
const THERE_DEGREES = 2;

/** Sends a target and mode `manual`; tells what is reported, never what is hoped. */
export class Pointing {
  #relay;
  #asked = null;
  #before = null;
  #reported = new Reading();
  #latest = null;

  constructor(relay) {
    this.#relay = relay;
  }

  /** Points at a direction or a place; false when there is no connection. */
  order(target) {
    // A target that comes before its mode is only remembered. A rotor that is told by hand already
    // needs no mode, and one that somebody has stopped just now stays so.
    const isManual = this.#latest?.mode === "manual";
    const isSent = (isManual || this.#relay.send({ type: "mode", mode: "manual" }))
      && this.#relay.send({ type: "target", target });
    this.#asked = { target, isSent, at: performance.now() };
    this.#before = this.#latest?.target ?? null;
    this.#reported.clear();
    return isSent;
  }

  /** Something else was ordered: the last order is history. */
  forget() {
    this.#asked = null;
  }

  /** Takes a rotor's message. */
  rotorSays(message) {
    this.#latest = message;
    if (!this.#asked?.isSent) return;
    if (message.mode === "manual" && this.#isOurs(message.target)) this.#reported.set(message);
    else if (this.#reported.value) this.forget();
  }

  /** `[text, isBad]`: the state of the order. */
  get words() {
    if (!this.#asked) return ["", false];
    if (!this.#asked.isSent) return ["Not sent: there is no connection.", true];
    if (this.#reported.value) {
      const text = report(this.#reported.value);
      const isLive = this.#relay.isOpen && this.#reported.isLive;
      return isLive ? [text, false] : [`Not live. ${text}`, true];
    }
    if (this.#elapsed < CONFIRM_MILLISECONDS) return ["Sent…", false];
    if (!this.#latest) return ["Sent, but no rotor answers. Pair it on the laptop's page.", true];
    const mode = this.#latest.mode ?? "unknown";
    const target = targetText(this.#latest.target) ?? "none";
    return [`Sent, but the rotor reports mode ${mode}, target ${target}.`, true];
  }

  get #elapsed() {
    return performance.now() - this.#asked.at;
  }

  #isOurs(target) {
    if (!targetText(target)) return false;
    const asked = this.#asked.target;
    const kind = ["azimuth", "latitude"].find((name) =>
      Number.isFinite(asked[name]) && Number.isFinite(target[name]));
    if (kind === "azimuth") return isNear(asked, target, SAME_DEGREES);
    if (kind === "latitude") return placeOf(asked) === placeOf(target);
    // A station may make a direction of a place: a change, or time, tells it from the one before.
    return this.#elapsed > CROSSING_MILLISECONDS
      || targetText(target) !== targetText(this.#before);
  }
}

function report({ azimuth, elevation, moving, target }) {
  const to = targetText(target);
  if (moving === true) return `The rotor is turning to ${to}.`;
  if (isNear({ azimuth, elevation }, target, THERE_DEGREES)) return `The rotor points at ${to}.`;
  const at = `az ${degrees(azimuth)}, el ${degrees(elevation)}`;
  return `The rotor has taken ${to} as its target, and stands at ${at}.`;
}

const placeOf = ({ latitude, longitude }) => placeText(latitude, longitude);

function isNear(one, other, most) {
  return azimuthsApart(one.azimuth, other.azimuth) <= most
    && Math.abs(one.elevation - other.elevation) <= most;
}
