// A phone sleeps. Here is what keeps it awake, and what notices that it was not.

const TICK_MILLISECONDS = 1000;
/** Ticks that are missing for longer than a busy phone takes. */
const GAP_MILLISECONDS = 5000;

const WORDS = {
  held: "The screen stays on while this page is in front.",
  refused: "This phone did not let the page keep the screen on; a low battery is a usual reason.",
  absent: "This browser cannot keep the screen on. Set the phone's screen timeout to its longest.",
  insecure: "Over plain HTTP a page may not keep the screen on. Set the phone's screen timeout " +
    "to its longest.",
  off: "",
};

/** Keeps the screen on for as long as anybody wants it. `state` is one of those of `WORDS`. */
export class ScreenHold {
  #wishes = new Set();
  #lock = null;
  #isAsking = false;
  #settled = Promise.resolve();
  #wasHeld = false;
  #wasRefused = false;
  #onChange;

  constructor(onChange) {
    this.#onChange = onChange;
    document.addEventListener("visibilitychange", () => this.#update());
  }

  get state() {
    if (!("wakeLock" in navigator)) return window.isSecureContext ? "absent" : "insecure";
    if (this.#lock) return "held";
    return this.#wasRefused ? "refused" : "off";
  }

  get words() {
    return WORDS[this.state];
  }

  /** Whoever gives a reason keeps the screen on until taking it back. */
  want(reason, isWanted) {
    if (isWanted) this.#wishes.add(reason);
    else this.#wishes.delete(reason);
    this.#update();
  }

  /** Tries, until it is known, whether the phone would let the page keep the screen on. */
  async probe() {
    if (this.#wasHeld) return;
    this.want("probe", true);
    await this.#settled;
    this.want("probe", false);
  }

  #update() {
    const isWanted = this.#wishes.size > 0 && document.visibilityState === "visible";
    if (!isWanted) return this.#release();
    if (this.#lock || this.#isAsking || !("wakeLock" in navigator)) return;
    this.#isAsking = true;
    this.#settled = this.#ask();
  }

  async #ask() {
    try {
      const lock = await navigator.wakeLock.request("screen");
      this.#lock = lock;
      this.#wasHeld = true;
      this.#wasRefused = false;
      // The browser takes it back whenever the page goes out of sight.
      lock.addEventListener("release", () => {
        if (this.#lock === lock) this.#lock = null;
        this.#onChange();
      });
    } catch {
      this.#wasRefused = true;
    }
    this.#isAsking = false;
    if (this.#wishes.size === 0) this.#release();
    this.#onChange();
  }

  #release() {
    this.#lock?.release().catch(() => {});
    this.#lock = null;
  }
}

/** Calls back with how long the page was out of sight or its clock stood still, once it is back. */
export class SleepWatch {
  #onWake;
  #tickedAt = Date.now();
  #hiddenAt = null;

  /** `onWake({seconds, wasHidden})`. */
  constructor(onWake) {
    this.#onWake = onWake;
    setInterval(() => this.#tick(), TICK_MILLISECONDS);
    document.addEventListener("visibilitychange", () => this.#sight());
    this.#sight();
  }

  #sight() {
    if (document.visibilityState === "hidden") {
      this.#hiddenAt ??= Date.now();
      return;
    }
    if (this.#hiddenAt === null) return;
    const seconds = (Date.now() - this.#hiddenAt) / 1000;
    this.#hiddenAt = null;
    this.#tickedAt = Date.now();
    this.#onWake({ seconds, wasHidden: true });
  }

  #tick() {
    const gap = Date.now() - this.#tickedAt;
    this.#tickedAt = Date.now();
    // Out of sight the browser slows the ticks down by itself.
    if (this.#hiddenAt === null && gap > GAP_MILLISECONDS) {
      this.#onWake({ seconds: gap / 1000, wasHidden: false });
    }
  }
}
