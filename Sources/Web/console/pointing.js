// Pointing by hand: typed numbers, steps, and picks on the plot and on the map.

import { account } from "../shell/account.js";
import { announce } from "../shell/connection.js";
import { $, Refused, degrees, element, keep, kept, parsed, show } from "../shell/live.js";
import { course, elevation as elevationOf } from "../map/geodesy.js";
import { DIRECTION_HINT, typedDirection } from "../rotor/typed.js";

/** A picked move that is wider than this asks first, in degrees. */
const ASK_DEGREES = 20;
/** Steps made in quick succession add up before the rotor has said anything, in milliseconds. */
const STEP_MILLISECONDS = 2000;
const PRESETS = "pointing-presets";
const MOST_PRESETS = 6;
const LONGEST_NAME = 20;

export class Pointing {
  #wants;
  #sent = { at: -Infinity };
  #asked = null;

  /**
   * `session()` gives the page's session, `rotor()` the chosen rotor's description or null,
   * `status()` what it says of itself or null, `target()` the direction it was told or null,
   * `station()` {latitude, longitude, altitude} or null, `isHeard()` whether a rotor obeys the
   * session; `onSent(target)` is called when something was sent.
   */
  constructor(wants) {
    this.#wants = wants;
    $("target-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#typed();
    });
    for (const button of document.querySelectorAll("button[data-step]")) {
      button.addEventListener("click", () => this.#step(button.dataset.step));
    }
    $("point-there").addEventListener("click", () => {
      const { target } = this.#asked;
      this.#ask(null);
      this.#send(target);
    });
    $("point-not").addEventListener("click", () => this.#ask(null));
    $("keep-preset").addEventListener("click", () => this.#keepPreset());
    document.addEventListener("keydown", ({ key }) => { if (key === "Escape") this.#ask(null); });
    this.#fillPresets();
  }

  // ---- Typed

  #typed() {
    const direction = this.#typedDirection();
    if (direction) this.#send(direction);
  }

  #typedDirection() {
    const direction = typedDirection($("target-azimuth"), $("target-elevation"));
    if (!direction) this.#say(DIRECTION_HINT, true);
    return direction;
  }

  // ---- Steps

  #step(name) {
    const status = this.#wants.status();
    if (!status) return this.#say("Where the rotor points is not known yet.", true);
    const base = this.#base(status);
    const size = Number(document.querySelector("input[name='step']:checked").value);
    const rotor = this.#wants.rotor();
    const [left, right] = [rotor?.min_azimuth ?? -180, rotor?.max_azimuth ?? 540];
    const [low, high] = [rotor?.min_elevation ?? 0, rotor?.max_elevation ?? 90];
    const turn = { left: -size, right: size }[name] ?? 0;
    const lift = { down: -size, up: size }[name] ?? 0;
    const target = {
      azimuth: within(base.azimuth + turn, left, right),
      elevation: within(base.elevation + lift, low, high),
    };
    const isAtEnd = target.azimuth === base.azimuth && target.elevation === base.elevation;
    if (isAtEnd) return this.#say("That is as far as it may turn.", true);
    this.#send(target);
  }

  /** What a step is made from: the direction that it is on its way to, else where it points. */
  #base(status) {
    if (performance.now() - this.#sent.at < STEP_MILLISECONDS) return this.#sent.direction;
    const target = this.#wants.target();
    const isOnItsWay = status.mode === "manual" && status.moving && target !== null;
    return isOnItsWay ? status.aim ?? target : status;
  }

  // ---- Picks

  /** Somebody has pressed a direction on the plot. */
  pickDirection({ azimuth, elevation }) {
    const direction = { azimuth: Math.round(azimuth), elevation: Math.round(elevation) };
    this.#pick(direction, direction, "");
  }

  /** Somebody has pressed a place on the map. */
  pickPlace({ latitude, longitude }) {
    const station = this.#wants.station();
    if (!station) return this.#say("The station does not know where it stands.", true);
    const altitude = station.altitude ?? 0;
    const { metres, azimuth } = course(station, { latitude, longitude });
    const seen = elevationOf(metres, altitude, altitude);
    const least = this.#wants.rotor()?.min_elevation ?? 0;
    // What lies below the lowest elevation cannot be pointed at, but its direction can.
    const isReached = seen >= least;
    const direction = { azimuth, elevation: isReached ? seen : least };
    const target = isReached ? { latitude, longitude, altitude } : {
      azimuth: Number(azimuth.toFixed(1)), elevation: least,
    };
    const far = metres >= 10000 ? `${Math.round(metres / 1000)} km` : `${Math.round(metres)} m`;
    this.#pick(target, direction, ` ${far} away.`);
  }

  #pick(target, direction, remark) {
    $("target-azimuth").value = direction.azimuth.toFixed(1);
    $("target-elevation").value = direction.elevation.toFixed(1);
    const status = this.#wants.status();
    const move = status ? Math.max(
      Math.abs(((direction.azimuth - status.azimuth) % 360 + 540) % 360 - 180),
      Math.abs(direction.elevation - status.elevation)) : Infinity;
    if (move <= ASK_DEGREES) {
      this.#ask(null);
      return this.#send(target);
    }
    const [azimuth, elevation] = [degrees(direction.azimuth), degrees(direction.elevation)];
    const question = `Point there? Azimuth ${azimuth}, elevation ${elevation}.${remark}`;
    this.#ask({ target, question });
  }

  #ask(asked) {
    this.#asked = asked;
    $("pick").hidden = asked === null;
    if (asked === null) return;
    show($("pick-question"), asked.question);
    this.#say("");
    $("point-there").focus();
  }

  // ---- Kept directions

  get #presets() {
    const list = parsed(kept("localStorage", PRESETS) ?? "");
    return (Array.isArray(list) ? list : []).filter((one) => typeof one?.name === "string"
      && Number.isFinite(one.azimuth) && Number.isFinite(one.elevation)).slice(0, MOST_PRESETS);
  }

  #keepPreset() {
    const direction = this.#typedDirection();
    if (!direction) return;
    const name = $("preset-name").value.trim().slice(0, LONGEST_NAME)
      || `${direction.azimuth}°, ${direction.elevation}°`;
    const others = this.#presets.filter((one) => one.name !== name);
    const list = [...others, { name, ...direction }].slice(-MOST_PRESETS);
    keep("localStorage", PRESETS, JSON.stringify(list));
    $("preset-name").value = "";
    this.#fillPresets();
    this.#say(`Kept on this device as “${name}”.`);
  }

  #fillPresets() {
    const buttons = this.#presets.map(({ name, azimuth, elevation }) => {
      const button = element("button", {
        type: "button", class: "quiet", title: `az ${degrees(azimuth)}, el ${degrees(elevation)}`,
      }, name);
      button.addEventListener("click", () => {
        const direction = { azimuth, elevation };
        this.#pick(direction, direction, "");
      });
      return button;
    });
    $("presets").replaceChildren(...buttons);
  }

  // ---- Sending

  async #send(target) {
    this.#ask(null);
    const isDirection = Number.isFinite(target.azimuth);
    if (isDirection) this.#sent = { at: performance.now(), direction: target };
    if (this.#wants.isHeard()) return this.#sendToSession(target);
    const rotor = this.#wants.rotor();
    if (!account.bearer || !rotor) {
      return this.#say("Not sent: sign in, and pair a rotor with this session.", true);
    }
    const { latitude, longitude, altitude } = target;
    const body = isDirection
      ? target : { target_type: "point", target_id: `${latitude},${longitude},${altitude}` };
    try {
      await account.request("POST", `/api/rotors/${rotor.id}/point`, { body });
      this.#done(target);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.#sent.at = -Infinity;
      this.#say(error.message, true);
    }
  }

  #sendToSession(target) {
    const relay = this.#wants.session().relay;
    // A target that comes before its mode is only remembered. A rotor that is told by hand already
    // needs no mode, and one that somebody has stopped just now stays so.
    const isManual = this.#wants.status()?.mode === "manual";
    const isSent = (isManual || relay?.send({ type: "mode", mode: "manual" }))
      && relay?.send({ type: "target", target });
    if (isSent) return this.#done(target);
    this.#sent.at = -Infinity;
    this.#say("Not sent: there is no connection.", true);
  }

  #done(target) {
    this.#wants.onSent(target);
    this.#say("Sent.");
  }

  #say(text, isBad = false) {
    $("point-message").classList.toggle("bad", isBad);
    show($("point-message"), text);
    if (text && isBad) announce(text);
  }
}

const within = (value, least, most) => Math.min(most, Math.max(least, value));
