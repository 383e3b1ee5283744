// Following the night: asked for every few seconds, which needs no token; with a host's token the
// live socket tells when something has happened, and it is asked for then.

import { Reading, Refused, request } from "../shell/live.js";
import { oneAtATime } from "../shell/once.js";
import { LiveSocket } from "../shell/socket.js";
import { askForTonight } from "./night.js";

const POLL_MILLISECONDS = 3000;
/** With the socket, asking is for what has no news of its own, such as a game that was removed. */
const POLL_WITH_NEWS_MILLISECONDS = 15000;
/** The station lets go of a socket that says nothing for a minute. */
const PING_MILLISECONDS = 30000;
/** What is this old, in seconds, is not shown as live: a few polls were missed. */
const OLD_SECONDS = 12;
const OLD_WITH_NEWS_SECONDS = 45;

/** Why no attempt of the socket can succeed any more: the close code for rights (RFC 6455). */
const ENDED = { 1008: "The right to host was taken away." };

/** Asking as a connection: with the words of a socket. */
class Asking {
  state = "connecting";
  reason = "";
  #retryAt = 0;

  get isOpen() {
    return this.state === "open";
  }

  get retrySeconds() {
    return Math.max(0, Math.ceil((this.#retryAt - performance.now()) / 1000));
  }

  succeeded() {
    this.state = "open";
    this.reason = "";
  }

  failed(reason) {
    this.state = "waiting";
    this.reason = reason;
    this.#retryAt = performance.now() + POLL_MILLISECONDS;
  }
}

export class NightWatch {
  /** What was told last, with its age; its value is that of `askForTonight`. */
  tonight = new Reading();
  /** Why the socket does not tell news although there is a token; empty when it does. */
  problem = "";

  #wants;
  #asking = new Asking();
  #socket = null;
  #bearer = null;
  #following = null;
  #lookOnce = oneAtATime(() => this.#look());
  #timer = null;

  /** `onTonight()` after every answer, `onNews(message)` for what the socket tells. */
  constructor({ onTonight, onNews = () => {} }) {
    this.#wants = { onTonight, onNews };
    setInterval(() => this.#socket?.send({ type: "ping" }), PING_MILLISECONDS);
    document.addEventListener("visibilitychange", () => this.lookSoon());
    this.lookSoon();
  }

  /** Hears news in the name of who has this token; null to only ask. */
  useBearer(bearer) {
    if (bearer === this.#bearer) return;
    this.#bearer = bearer;
    this.#socket?.close();
    this.#socket = null;
    this.#following = null;
    this.problem = "";
    if (bearer) this.#hear();
    this.lookSoon();
  }

  /** What `ConnectionView` shows: the socket where there is one that can still come back. */
  get connection() {
    return this.#socket && this.#socket.state !== "ended" ? this.#socket : this.#asking;
  }

  /** Whether news come by themselves. */
  get isFollowing() {
    return Boolean(this.#socket?.isOpen) && this.#following !== null;
  }

  get isOld() {
    const most = this.isFollowing ? OLD_WITH_NEWS_SECONDS : OLD_SECONDS;
    return this.tonight.value === null || !this.connection.isOpen || this.tonight.age > most;
  }

  /** Asks now, and again after a while; hidden pages rest. */
  async lookSoon() {
    if (document.visibilityState === "hidden") return;
    clearTimeout(this.#timer);
    try {
      await this.#lookOnce();
    } finally {
      this.#pause();
    }
  }

  #pause() {
    clearTimeout(this.#timer);
    const pause = this.isFollowing ? POLL_WITH_NEWS_MILLISECONDS : POLL_MILLISECONDS;
    this.#timer = setTimeout(() => this.lookSoon(), pause);
  }

  async #look() {
    try {
      this.tonight.set(await askForTonight());
      this.#asking.succeeded();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      // A refusal is an answer, too: a game may be gone between two questions.
      if (error.status === 0 || error.status >= 500) this.#asking.failed(error.message);
    }
    this.#follow();
    this.#wants.onTonight();
  }

  #hear() {
    this.#socket = new LiveSocket({
      path: () => new URL("api/sessions/live", location.href).pathname,
      ended: ENDED,
      explain: () => request("GET", "api/sessions/active"),
      onOpen: () => {
        this.#following = null;
        this.#socket.send({ type: "auth", token: this.#bearer });
      },
      onMessage: (message) => this.#told(message),
      onState: () => {
        if (this.#socket && !this.#socket.isOpen) this.#following = null;
        if (this.#socket?.state === "ended") this.problem = this.#socket.reason;
        this.#wants.onTonight();
      },
    });
    this.#socket.start();
  }

  #told(message) {
    switch (message.type) {
      case "pong": case "unsubscribed": return;
      case "auth_error":
        // It stays refused, so the socket is of no use; asking needs no token.
        this.#socket.close();
        this.problem = "The token is not that of a host.";
        this.#wants.onTonight();
        return;
      case "subscribed": this.#following = message.sessionId; break;
      default: this.#wants.onNews(message);
    }
    this.lookSoon();
  }

  /** Subscribes to the night that is active now. */
  #follow() {
    const night = this.tonight.value?.night?.id;
    if (!night || night === this.#following || !this.#socket?.isOpen) return;
    this.#socket.send({ type: "subscribe", sessionId: night });
  }
}
