// The time that the map shows: live, or a moment of the past that the slider goes to.

import { $, ageText, show, stationClock } from "../shell/live.js";

/** A replay moves so often: more cannot be seen on a map. */
const STEP_MILLISECONDS = 100;
const DEFAULT_SPAN_SECONDS = 3600;

export class TimeTravel {
  /** Milliseconds since 1970 by the station's clock; null is LIVE. */
  moment = null;
  #trails;
  #onChange;
  #onRender;
  #isPlaying = false;
  #steppedAt = 0;
  #timer = null;
  #isHeld = false;

  /** `onChange(isLive)`: between live and past. `onRender()`: another moment. */
  constructor(trails, { onChange, onRender }) {
    this.#trails = trails;
    this.#onChange = onChange;
    this.#onRender = onRender;
    const slider = $("replay-slider");
    slider.addEventListener("pointerdown", () => { this.#isHeld = true; });
    for (const name of ["pointerup", "pointercancel", "blur"]) {
      slider.addEventListener(name, () => { this.#isHeld = false; });
    }
    slider.addEventListener("input", () => this.#slid());
    $("replay-span").addEventListener("change", () => {
      if (!this.isLive) this.#go(Math.max(this.moment, this.begin));
      else this.#onRender();
      this.render();
    });
    $("replay-play").addEventListener("click", () => this.#togglePlay());
    for (const id of ["live", "live-again"]) $(id).addEventListener("click", () => this.goLive());
  }

  get isLive() {
    return this.moment === null;
  }

  /** The moment shown, also while it is the present. */
  get now() {
    return this.moment ?? stationClock.now();
  }

  /** How far back the map and the slider look, in milliseconds. */
  get span() {
    return (Number($("replay-span").value) || DEFAULT_SPAN_SECONDS) * 1000;
  }

  /** The earliest moment that the slider reaches: the span's, or that of the first position. */
  get begin() {
    return Math.max(stationClock.now() - this.span, this.#trails.begin ?? -Infinity);
  }

  goLive() {
    if (this.isLive) return;
    this.#pause();
    this.moment = null;
    this.#onChange(true);
    this.render();
  }

  /** Called a few times a second: the present moves on. */
  render() {
    const slider = $("replay-slider");
    const isPossible = this.#trails.begin !== null;
    slider.disabled = $("replay-play").disabled = !isPossible;
    if (!this.#isHeld) {
      slider.min = String(Math.floor(this.begin / 1000));
      slider.max = String(Math.ceil(stationClock.now() / 1000));
      slider.value = String(this.isLive ? slider.max : this.moment / 1000);
    }
    const words = this.#words();
    show($("replay-time"), words);
    slider.setAttribute("aria-valuetext", words);
    $("live").setAttribute("aria-pressed", String(this.isLive));
    $("past").hidden = $("locations-now").hidden = this.isLive;
    show($("past-time"), this.isLive ? "" : momentText(this.moment));
    show($("past-age"), this.isLive ? "" : this.#agoText());
    show($("replay-play"), this.#isPlaying ? "Pause" : "Play");
    const reach = this.#trails.begin;
    show($("replay-reach"), isPossible
      ? `The trails reach back to ${momentText(reach)}.`
      : "Choose locations to go back in time.");
  }

  #words() {
    return this.isLive ? "LIVE" : `The past: ${momentText(this.moment)}, ${this.#agoText()}`;
  }

  #agoText() {
    return ageText(Math.max(0, (stationClock.now() - this.moment) / 1000));
  }

  #slid() {
    const slider = $("replay-slider");
    if (Number(slider.value) >= Number(slider.max)) this.goLive();
    else this.#go(Number(slider.value) * 1000);
  }

  #go(moment) {
    const wasLive = this.isLive;
    this.moment = moment;
    if (wasLive) this.#onChange(false);
    else this.#onRender();
    this.render();
  }

  #togglePlay() {
    if (this.#isPlaying) return this.#pause();
    this.#isPlaying = true;
    this.#steppedAt = performance.now();
    // From the present there is nowhere to go: a replay of what the slider reaches is meant.
    if (this.isLive) this.#go(this.begin);
    this.#timer = setInterval(() => this.#step(), STEP_MILLISECONDS);
    this.render();
  }

  #pause() {
    this.#isPlaying = false;
    clearInterval(this.#timer);
    this.render();
  }

  #step() {
    const now = performance.now();
    const moment = this.moment + (now - this.#steppedAt) * Number($("replay-speed").value);
    this.#steppedAt = now;
    if (moment >= stationClock.now()) this.goLive();
    else this.#go(moment);
  }
}

/** "14:03:22", with the day when it is another one. */
function momentText(milliseconds) {
  const moment = new Date(milliseconds);
  const time = moment.toLocaleTimeString("en-GB");
  const isToday = moment.toDateString() === new Date(stationClock.now()).toDateString();
  if (isToday) return time;
  return `${moment.toLocaleDateString("en-GB", { day: "numeric", month: "short" })} ${time}`;
}
