// What the console and the phone's page have in common: the rotor's values, STOP, the modes.

import { announce } from "../shell/connection.js";
import { $, Reading, degrees, show, showAge, stationClock, targetText } from "../shell/live.js";

/** How long after STOP the rotor may take to say that it stands, in milliseconds. */
const CONFIRM_MILLISECONDS = 3000;
/** A click this soon after its own pointer press is the same press. */
const SAME_PRESS_MILLISECONDS = 1000;
const TARGET_WAY_SECONDS = 2;

const MODES = ["manual", "track", "park", "stop"];

/** Shows how many devices the session has, and says so when one comes or goes. */
export function hearPeers({ peers }) {
  if (!Number.isInteger(peers)) return;
  const before = Number($("peers").textContent);
  show($("peers"), String(peers));
  if (before > 0 && peers !== before) {
    announce(peers > before ? "A device has joined." : "A device has left.");
  }
}

/** "phone: no new location from the phone (what is used is 12 s old)." */
function problemText({ source, detail, age_seconds: age }) {
  const old = Number.isFinite(age) ? ` (what is used is ${Math.round(age)} s old)` : "";
  return `${source}: ${detail}${old}.`;
}

const isPosition = (one) => Number.isFinite(one?.azimuth) && Number.isFinite(one.elevation);

/** The rotor and its target, from relay messages or from a position request. */
export class RotorReadings {
  rotor = new Reading();
  target = new Reading();
  /** Also of a rotor that has not said yet where it stands. */
  #problems = [];

  /** Takes a relay message that is about the rotor or the target; ignores what makes no sense. */
  hear(message) {
    if (message.type === "target" && targetText(message.target)) {
      this.target.set(message.target);
    }
    if (message.type !== "rotor") return;
    this.hearRotor(message, message.time);
    // A rotor that names no target has none, unless one is only just on its way to it.
    const isOnItsWay = this.target.value !== null && this.target.age < TARGET_WAY_SECONDS;
    if (!targetText(message.target) && !isOnItsWay) this.target.clear();
  }

  hearRotor(rotor, time) {
    this.#problems = Array.isArray(rotor.problems) ? rotor.problems : [];
    if (!isPosition(rotor)) return;
    const age = Number.isFinite(rotor.age_seconds)
      ? rotor.age_seconds : stationClock.secondsSince(time);
    const corners = Array.isArray(rotor.corners) ? rotor.corners : [];
    this.rotor.set({
      azimuth: rotor.azimuth,
      elevation: rotor.elevation,
      moving: rotor.moving === true,
      mode: MODES.includes(rotor.mode) ? rotor.mode : null,
      // Where it is turning to, in its own degrees, which go on beyond a whole turn; and where it
      // turns on the way, to keep out of a sector.
      aim: isPosition(rotor.aim) ? rotor.aim : null,
      corners: corners.every(isPosition) ? corners : [],
      owner: typeof rotor.owner === "string" ? rotor.owner : null,
    }, age);
    if (targetText(rotor.target)) this.target.set(rotor.target, age);
  }

  clear() {
    this.#problems = [];
    this.rotor.clear();
    this.target.clear();
  }

  /** Where the target is drawn: only a direction has a place on the plot. */
  get targetDirection() {
    return Number.isFinite(this.target.value?.azimuth) ? this.target.value : null;
  }

  render(isConnected) {
    const rotor = this.rotor.value;
    show($("rotor-azimuth"), degrees(rotor?.azimuth));
    show($("rotor-elevation"), degrees(rotor?.elevation));
    show($("moving"), rotor === null ? "–" : rotor.moving ? "turning" : "standing");
    show($("mode"), rotor?.mode ?? "–");
    show($("target"), targetText(this.target.value) ?? "–");
    $("owner-row").hidden = !rotor?.owner;
    show($("owner"), rotor?.owner ?? "");
    show($("problems"), this.#problems.map(problemText).join(" "));
    showAge($("rotor-age"), this.rotor, $("rotor"), isConnected);
    showAge($("target-age"), this.target, $("target-row"), isConnected);
    $("no-rotor").hidden = rotor !== null;
    for (const button of document.querySelectorAll("button[data-mode]")) {
      button.setAttribute("aria-pressed", String(rotor?.mode === button.dataset.mode));
    }
  }
}

/**
 * The STOP button and keys: acts on the press, not on the release, and follows up until the rotor
 * says that it stands.
 */
export class StopControl {
  #relay;
  #alsoStop;
  #pressedAt = null;
  #pointerAt = -Infinity;
  #refusal = "";
  #isAccepted = false;
  #confirmation = "";

  /** `relay()` gives the current relay or null; `alsoStop()` stops by another way, or is null. */
  constructor(relay, alsoStop = null) {
    this.#relay = relay;
    this.#alsoStop = alsoStop;
    const button = $("stop");
    button.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      this.#pointerAt = performance.now();
      this.press();
    });
    button.addEventListener("click", () => {
      if (performance.now() - this.#pointerAt > SAME_PRESS_MILLISECONDS) this.press();
    });
    for (const name of ["keydown", "keyup"]) {
      document.addEventListener(name, (event) => this.#key(event), { capture: true });
    }
  }

  press() {
    this.#relay()?.stop();
    this.#pressedAt = performance.now();
    this.#refusal = this.#confirmation = "";
    this.#isAccepted = false;
    announce("");
    this.#alsoStop?.().then(
      () => {
        this.#isAccepted = true;
        this.render();
      },
      (error) => {
        this.#refusal = error.message;
        this.render();
      });
    this.render();
  }

  /** Another mode was asked for: the last STOP is history. */
  forget() {
    this.#pressedAt = null;
    this.render();
  }

  /** True from a press until the relay or the station has taken it. */
  get isUnsent() {
    if (this.#pressedAt === null || this.#isAccepted) return false;
    const relay = this.#relay();
    return !relay || relay.isStopWaiting;
  }

  rotorSays(rotor) {
    if (this.#pressedAt === null || this.isUnsent) return;
    if (rotor.mode === "stop") {
      // It may seem to stand before it has heard of the stop, and be seen to move once more.
      const at = `az ${degrees(rotor.azimuth)}, el ${degrees(rotor.elevation)}`;
      this.#confirmation = rotor.moving ? "" : `The rotor stopped at ${at}.`;
    } else if (this.#confirmation) {
      this.#pressedAt = null;
    }
    this.render();
  }

  render() {
    const [text, isWarning] = this.#words();
    show($("stop-state"), text);
    $("stop-state").hidden = text === "";
    $("stop-state").classList.toggle("warning", isWarning);
  }

  #words() {
    if (this.#pressedAt === null) return ["", false];
    if (this.#confirmation) return [this.#confirmation, false];
    const because = this.#refusal ? ` (${this.#refusal})` : "";
    const relay = this.#relay();
    if (this.isUnsent && (!relay || relay.state === "ended")) {
      return [`STOP cannot be sent: no session${because}. Use the rotor's own switch.`, true];
    }
    if (this.isUnsent) {
      return [`STOP is NOT sent yet: it goes first as soon as there is a connection${because}. ` +
        "Use the rotor's own switch.", true];
    }
    if (performance.now() - this.#pressedAt < CONFIRM_MILLISECONDS) return ["STOP sent…", false];
    return [`STOP sent, but the rotor has not confirmed it${because}. Look at the rotor.`, true];
  }

  /** Esc and the space bar stop, except where a space is text or a choice. */
  #key(event) {
    if ((event.key !== "Escape" && event.key !== " ") || event.isComposing) return;
    if (event.key === " ") {
      const own = event.target.closest?.("input, select, textarea, summary");
      if (own || event.ctrlKey || event.altKey || event.metaKey) return;
    }
    // A space on a focused button would press that button on release.
    event.preventDefault();
    if (event.type === "keydown" && !event.repeat) this.press();
  }
}

/** Wires the buttons that ask for a mode. `remark` may add a sentence on what is still missing. */
export function wireModes(relay, stop, remark) {
  for (const button of document.querySelectorAll("button[data-mode]")) {
    button.addEventListener("click", () => {
      const mode = button.dataset.mode;
      if (relay()?.send({ type: "mode", mode })) {
        stop.forget();
        announce(`Asked for ${mode}. ${remark(mode)}`.trim());
      } else {
        announce("Not sent: there is no connection.");
      }
    });
  }
}
