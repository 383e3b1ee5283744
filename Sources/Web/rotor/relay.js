// The connection to a pairing session's relay.

import { request } from "../shell/live.js";
import { LiveSocket } from "../shell/socket.js";

const ENDED = { 1000: "The session was ended.", 4410: "The session has expired." };

/** One session's relay socket; `stop()` goes out first of all. */
export class Relay extends LiveSocket {
  /** True from a `stop()` that found no connection until it has been sent. */
  isStopWaiting = false;

  constructor(token, { onMessage, onState }) {
    const session = encodeURIComponent(token);
    super({
      path: () => `/ws/session/${session}?events=1`,
      ended: ENDED,
      explain: () => request("GET", `/api/sessions/${session}`),
      onOpen: () => { if (this.isStopWaiting) this.stop(); },
      onMessage,
      onState,
    });
  }

  /** Sends `stop` now, or first of all as soon as there is a connection again. */
  stop() {
    this.isStopWaiting = !this.send({ type: "mode", mode: "stop" });
    if (this.isStopWaiting) this.retryNow();
  }
}
