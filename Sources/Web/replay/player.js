// Moves the moment that is shown: by hand, or as time goes by at any speed.

import { SECOND } from "./scene.js";

export const SPEEDS = { least: 0.01, most: 10_000 };
/** A pause is skipped to this much watching time before its end, so that nothing jumps at one. */
const LEAD_SECONDS = 0.5;
/** Nobody waits longer than this for the next message when pauses are skipped. */
const LONGEST_PAUSE_SECONDS = 2;
/** A page that was hidden goes on where it was, not where it would be. */
const LONGEST_FRAME_SECONDS = 0.25;

export class Player {
  moment = 0;
  speed = 1;
  skipsPauses = false;
  #from = 0;
  #until = 0;
  #nextAfter;
  #onMove;
  #onPlay;
  #lastFrame = null;
  #isPlaying = false;

  /**
   * `onMove()` follows the moment, `onPlay()` whether it plays. `nextAfter(time)` is the time of
   * the next thing worth seeing, or null.
   */
  constructor({ onMove, onPlay, nextAfter }) {
    this.#onMove = onMove;
    this.#onPlay = onPlay;
    this.#nextAfter = nextAfter;
  }

  get isPlaying() {
    return this.#isPlaying;
  }

  open(from, until) {
    this.pause();
    this.#from = from;
    this.#until = until;
    this.moment = from;
  }

  moveTo(time) {
    this.moment = Math.min(this.#until, Math.max(this.#from, time));
    this.#onMove();
  }

  play() {
    if (this.#isPlaying) return;
    if (this.moment >= this.#until) this.moment = this.#from;
    this.#isPlaying = true;
    this.#lastFrame = null;
    this.#onPlay();
    requestAnimationFrame(this.#frame);
  }

  pause() {
    if (!this.#isPlaying) return;
    this.#isPlaying = false;
    this.#onPlay();
  }

  toggle() {
    if (this.#isPlaying) this.pause();
    else this.play();
  }

  #frame = (now) => {
    if (!this.#isPlaying) return;
    const elapsed = Math.min(LONGEST_FRAME_SECONDS, (now - (this.#lastFrame ?? now)) / 1000);
    this.#lastFrame = now;
    this.moveTo(this.#skipped(this.moment + elapsed * this.speed * SECOND));
    if (this.moment >= this.#until) this.pause();
    else requestAnimationFrame(this.#frame);
  };

  #skipped(time) {
    if (!this.skipsPauses) return time;
    const next = this.#nextAfter(time) ?? this.#until;
    const pause = next - time;
    if (pause <= LONGEST_PAUSE_SECONDS * this.speed * SECOND) return time;
    return next - LEAD_SECONDS * this.speed * SECOND;
  }
}
