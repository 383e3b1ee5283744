// A WebSocket that comes back by itself and says why it is away.

import { Refused, parsed, request } from "./live.js";

const FIRST_RETRY_MILLISECONDS = 500;
const LAST_RETRY_MILLISECONDS = 10000;
/** An attempt that has neither opened nor failed by then is given up. */
const OPENING_MILLISECONDS = 8000;
/** A connection this old was a good one: the next failure starts with a short wait again. */
const SETTLED_MILLISECONDS = 5000;
/** With nothing heard for so long, the station is asked whether it is still there. */
const SILENCE_MILLISECONDS = 4000;
/** How long the answer to that question may take. */
const HEALTH_MILLISECONDS = 3000;

const LOST = {
  1001: "The station is restarting.",
  1009: "A message was too large for the station.",
  1013: "This device could not keep up and was disconnected.",
};

/**
 * `state` is `connecting`, `open`, `waiting` (with `retryAt`) or `ended` (for good); `reason` says
 * why it is not open.
 */
export class LiveSocket {
  state = "connecting";
  reason = "";
  retryAt = 0;

  #wants;
  #socket = null;
  #attempts = 0;
  #timer = null;
  #watchTimer;
  #openedAt = 0;
  #heardAt = 0;
  #isAsking = false;

  /**
   * `path()` gives the address at every attempt; `onOpen`, `onMessage` (each JSON object) and
   * `onState` (every change) are called back.
   *
   * `ended` maps the close codes that are for good to words. A browser hides why a handshake
   * failed, so `explain()`, if there is one, asks the station in another way: it throws `Refused`
   * with the reason, and with status 401, 403, 404 or 410 when no attempt can succeed any more.
   */
  constructor({ path, onMessage, onState, onOpen = () => {}, ended = {}, explain = null }) {
    this.#wants = { path, onMessage, onState, onOpen, ended, explain };
    this.retryNow = this.retryNow.bind(this);
    this.wentOffline = this.wentOffline.bind(this);
    this.#watchTimer = setInterval(() => this.#watch(), 1000);
    window.addEventListener("online", this.retryNow);
    window.addEventListener("pageshow", this.retryNow);
    window.addEventListener("offline", this.wentOffline);
    document.addEventListener("visibilitychange", this.retryNow);
  }

  /** Makes the first attempt. Callbacks may be called from here on. */
  start() {
    this.#open();
  }

  get isOpen() {
    return this.state === "open";
  }

  /** Whole seconds until the next attempt. */
  get retrySeconds() {
    return Math.max(0, Math.ceil((this.retryAt - performance.now()) / 1000));
  }

  /** Sends an object as JSON; false when there is no connection. */
  send(message) {
    if (!this.isOpen || this.#socket.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  /** Leaves without a word; it cannot be used again. */
  close() {
    this.#end("");
  }

  /** Ends the waiting for the next attempt. */
  retryNow() {
    if (this.state === "waiting" && document.visibilityState === "visible") this.#open();
  }

  wentOffline() {
    if (this.isOpen) this.#lost("This device has no network.");
  }

  #open() {
    clearTimeout(this.#timer);
    this.#drop();
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(`${scheme}//${location.host}${this.#wants.path()}`);
    this.#socket = socket;
    this.#become("connecting", this.reason);
    this.#timer = setTimeout(
      () => this.#lost("The station does not answer."), OPENING_MILLISECONDS);
    socket.onopen = () => {
      clearTimeout(this.#timer);
      this.#openedAt = this.#heardAt = performance.now();
      this.state = "open";
      this.#wants.onOpen();
      this.#become("open", "");
    };
    socket.onmessage = (event) => {
      this.#heardAt = performance.now();
      const message = typeof event.data === "string" ? parsed(event.data) : null;
      if (message !== null && typeof message === "object") this.#wants.onMessage(message);
    };
    socket.onclose = (event) => {
      const ended = this.#wants.ended[event.code];
      if (ended) this.#end(ended);
      else if (this.isOpen) this.#lost(LOST[event.code] ?? "The connection was lost.");
      else this.#wasRefused();
    };
  }

  async #wasRefused() {
    const socket = this.#socket;
    let reason = "The station did not accept the connection.";
    try {
      await this.#wants.explain?.();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if ([401, 403, 404, 410].includes(error.status)) {
        if (this.#socket === socket) this.#end(error.message);
        return;
      }
      reason = error.message;
    }
    if (this.#socket === socket) this.#lost(reason);
  }

  #lost(reason) {
    if (this.state === "ended") return;
    if (this.isOpen && performance.now() - this.#openedAt > SETTLED_MILLISECONDS) {
      this.#attempts = 0;
    }
    this.#drop();
    clearTimeout(this.#timer);
    const longest = Math.min(
      LAST_RETRY_MILLISECONDS, FIRST_RETRY_MILLISECONDS * 2 ** this.#attempts);
    // Half of it by chance, so that many devices do not come back in the same moment.
    const wait = longest * (0.5 + Math.random() / 2);
    this.#attempts += 1;
    this.retryAt = performance.now() + wait;
    this.#timer = setTimeout(() => this.#open(), wait);
    this.#become("waiting", reason);
  }

  #end(reason) {
    this.#drop();
    clearTimeout(this.#timer);
    clearInterval(this.#watchTimer);
    window.removeEventListener("online", this.retryNow);
    window.removeEventListener("pageshow", this.retryNow);
    window.removeEventListener("offline", this.wentOffline);
    document.removeEventListener("visibilitychange", this.retryNow);
    this.#become("ended", reason);
  }

  #drop() {
    if (!this.#socket) return;
    this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
    this.#socket.close();
    this.#socket = null;
  }

  #become(state, reason) {
    this.state = state;
    this.reason = reason;
    this.#wants.onState();
  }

  /** A dead Wi-Fi leaves a socket that looks open: silence is followed by a question. */
  async #watch() {
    const silence = performance.now() - this.#heardAt;
    if (!this.isOpen || this.#isAsking || silence < SILENCE_MILLISECONDS) return;
    const socket = this.#socket;
    this.#isAsking = true;
    try {
      await request("GET", "/health", { limit: HEALTH_MILLISECONDS });
      this.#heardAt = performance.now();
    } catch {
      if (this.#socket === socket && this.isOpen) this.#lost("The station does not answer.");
    } finally {
      this.#isAsking = false;
    }
  }
}
