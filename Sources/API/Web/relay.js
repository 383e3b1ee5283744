// The connection to the session's relay: opens, watches, reconnects, and says what happened.

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

const ENDED = { 1000: "The session was ended.", 4410: "The session has expired." };
const LOST = {
  1001: "The station is restarting.",
  1009: "A message was too large for the station.",
  1013: "This device could not keep up and was disconnected.",
};

/**
 * One session's relay socket.
 *
 * `state` is `connecting`, `open`, `waiting` (with `retryAt`) or `ended` (for good); `reason` says
 * why it is not open. `onMessage` gets each JSON object, `onState` every change.
 */
export class Relay {
  state = "connecting";
  reason = "";
  retryAt = 0;
  /** True from a `stop()` that found no connection until it has been sent. */
  isStopWaiting = false;

  #token;
  #onMessage;
  #onState;
  #socket = null;
  #attempts = 0;
  #timer = null;
  #watchTimer;
  #openedAt = 0;
  #heardAt = 0;
  #isAsking = false;

  constructor(token, { onMessage, onState }) {
    this.#token = token;
    this.#onMessage = onMessage;
    this.#onState = onState;
    this.retryNow = this.retryNow.bind(this);
    this.wentOffline = this.wentOffline.bind(this);
    this.#watchTimer = setInterval(() => this.#watch(), 1000);
    window.addEventListener("online", this.retryNow);
    window.addEventListener("pageshow", this.retryNow);
    window.addEventListener("offline", this.wentOffline);
    document.addEventListener("visibilitychange", this.retryNow);
  }

  /** Makes the first attempt. Both callbacks may be called from here on. */
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

  /** Sends a message; false when there is no connection. */
  send(message) {
    if (!this.isOpen || this.#socket.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  /** Sends `stop` now, or first of all as soon as there is a connection again. */
  stop() {
    this.isStopWaiting = !this.send({ type: "mode", mode: "stop" });
    if (this.isStopWaiting) this.retryNow();
  }

  /** Leaves the session without a word; the relay cannot be used again. */
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
    const path = `/ws/session/${encodeURIComponent(this.#token)}?events=1`;
    const socket = new WebSocket(`${scheme}//${location.host}${path}`);
    this.#socket = socket;
    this.#become("connecting", this.reason);
    this.#timer = setTimeout(
      () => this.#lost("The station does not answer."), OPENING_MILLISECONDS);
    socket.onopen = () => {
      clearTimeout(this.#timer);
      this.#openedAt = this.#heardAt = performance.now();
      this.state = "open";
      if (this.isStopWaiting) this.stop();
      this.#become("open", "");
    };
    socket.onmessage = (event) => {
      this.#heardAt = performance.now();
      const message = typeof event.data === "string" ? parsed(event.data) : null;
      if (message !== null && typeof message === "object") this.#onMessage(message);
    };
    socket.onclose = (event) => {
      if (ENDED[event.code]) this.#end(ENDED[event.code]);
      else if (this.isOpen) this.#lost(LOST[event.code] ?? "The connection was lost.");
      else this.#wasRefused();
    };
  }

  /** A browser hides why a handshake failed, so the session itself is asked. */
  async #wasRefused() {
    const socket = this.#socket;
    let reason = "The station did not accept the connection.";
    try {
      await request("GET", `/api/sessions/${encodeURIComponent(this.#token)}`);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.status === 404 || error.status === 410) {
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
    this.#onState();
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
