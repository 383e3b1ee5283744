// The controls of time: slider, play, speed, steps, and their keys.

import { $, show } from "../shell/live.js";
import { roundStep } from "./canvas.js";
import { SPEEDS } from "./player.js";
import { dayAndClockText, lengthText } from "./times.js";

/** What the buttons beside the speed go through. */
const STEPS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100];
const MILLISECOND = 1e6;
/** So many presses of an arrow go through a recording, so many of a page key. */
const PRESSES = { arrow: 200, page: 20 };
/** Screen readers hear the slider's moment this often while it plays. */
const SPOKEN_MILLISECONDS = 2000;

export class Transport {
  #player;
  #scene = null;
  #onStep;
  #spokenAt = -Infinity;

  /** `onStep(by)` goes to the next listed message, or to the one before. */
  constructor(player, onStep) {
    this.#player = player;
    this.#onStep = onStep;
    $("moment").addEventListener("input", () => {
      player.pause();
      player.moveTo(this.#scene.from + Number($("moment").value) * MILLISECOND);
    });
    $("play").addEventListener("click", () => player.toggle());
    $("previous").addEventListener("click", () => onStep(-1));
    $("next").addEventListener("click", () => onStep(1));
    $("slower").addEventListener("click", () => this.#changeSpeed(-1));
    $("faster").addEventListener("click", () => this.#changeSpeed(1));
    $("speed").addEventListener("change", () => this.#setSpeed(typed($("speed").value)));
    $("skip-pauses").addEventListener("change", () => {
      player.skipsPauses = $("skip-pauses").checked;
    });
    document.addEventListener("keydown", (event) => this.#key(event));
  }

  open(scene) {
    this.#scene = scene;
    $("moment").max = Math.ceil(scene.duration / MILLISECOND);
    show($("key-step"), lengthText(this.#step("arrow")));
    show($("key-page"), lengthText(this.#step("page")));
  }

  /** Shows where the player is. */
  show() {
    const { moment, isPlaying } = this.#player;
    $("moment").value = (moment - this.#scene.from) / MILLISECOND;
    if (isPlaying && performance.now() - this.#spokenAt < SPOKEN_MILLISECONDS) return;
    this.#spokenAt = performance.now();
    $("moment").setAttribute("aria-valuetext", dayAndClockText(this.#scene.wallClock(moment)));
  }

  showPlaying() {
    const { isPlaying } = this.#player;
    show($("play"), isPlaying ? "❚❚ Pause" : "▶ Play");
    $("play").setAttribute("aria-pressed", String(isPlaying));
  }

  // ---- Speed

  #setSpeed(speed) {
    const isSpeed = Number.isFinite(speed) && speed >= SPEEDS.least && speed <= SPEEDS.most;
    $("speed").setAttribute("aria-invalid", String(!isSpeed));
    $("speed-message").hidden = isSpeed;
    if (!isSpeed) return;
    this.#player.speed = speed;
    $("speed").value = `${speed}×`;
  }

  #changeSpeed(by) {
    const { speed } = this.#player;
    const next = by > 0 ? STEPS.find((step) => step > speed)
      : [...STEPS].reverse().find((step) => step < speed);
    if (next) this.#setSpeed(next);
  }

  // ---- Keys

  #step(name) {
    return roundStep(this.#scene.duration / PRESSES[name]);
  }

  #key(event) {
    if (!this.#scene || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.defaultPrevented || hasOwnKeys(event.target, event.key)) return;
    const action = this.#actions[event.target.id === "moment" ? sliderKey(event.key) : event.key];
    if (!action) return;
    event.preventDefault();
    action();
  }

  #actions = {
    " ": () => this.#player.toggle(),
    ArrowLeft: () => this.#move(-this.#step("arrow")),
    ArrowRight: () => this.#move(this.#step("arrow")),
    PageUp: () => this.#move(-this.#step("page")),
    PageDown: () => this.#move(this.#step("page")),
    Home: () => this.#goTo(this.#scene.from),
    End: () => this.#goTo(this.#scene.until),
    ",": () => this.#onStep(-1),
    ".": () => this.#onStep(1),
    "-": () => this.#changeSpeed(-1),
    "+": () => this.#changeSpeed(1),
  };

  #move(by) {
    this.#goTo(this.#player.moment + by);
  }

  #goTo(time) {
    this.#player.pause();
    this.#player.moveTo(time);
  }
}

/** Up and down go through the messages where they do not scroll the page. */
function sliderKey(key) {
  return { ArrowUp: ",", ArrowDown: "." }[key] ?? key;
}

/** "2.5", "2,5×" and "0.1 x" are speeds. */
function typed(text) {
  return Number(text.replace(",", ".").replace(/[×x]/i, "").trim() || Number.NaN);
}

/** Fields, buttons, maps and scrolled texts have keys of their own; the slider's are the page's. */
function hasOwnKeys(target, key) {
  if (!(target instanceof Element) || target.id === "moment") return false;
  if (target.closest("input:not([type='checkbox']), select, textarea, .map, pre")) return true;
  return key === " " && target.closest("button, summary, a, input") !== null;
}
