// The pairing session of this page: found again after a reload, else made, and its relay.

import { Refused, keep, kept, request, sentence } from "../shell/live.js";
import { pulse } from "../shell/pulse.js";
import { Relay } from "../rotor/relay.js";

const KEY = "session";
const RETRY_MILLISECONDS = 3000;
/** While nobody has joined, the station is asked this often whether somebody has. */
const REFRESH_MILLISECONDS = 5000;

export class PairingSession {
  relay = null;
  /** Why there is no session yet, as words. */
  trouble = "";
  #summary = null;
  #wants;

  /**
   * `onOpen` is called for every new session, `onMessage` and `onState` as by a `Relay`;
   * `isStopWanted()` says whether a STOP has found no way out yet.
   */
  constructor({ onOpen, onMessage, onState, isStopWanted }) {
    this.#wants = { onOpen, onMessage, onState, isStopWanted };
    pulse(REFRESH_MILLISECONDS, () => this.isJoined || this.refresh());
  }

  get token() {
    return this.#summary?.token ?? null;
  }

  /** True once a phone has scanned the code. */
  get isJoined() {
    return this.#summary?.is_paired === true;
  }

  /** When the code ends to be good, in milliseconds since 1970 by the station's clock. */
  get expiresAt() {
    return Date.parse(this.#summary?.expires_at ?? "");
  }

  async open() {
    const old = kept("sessionStorage", KEY);
    try {
      const found = old ? await request("GET", `/api/sessions/${old}`).catch(goneIsNull) : null;
      this.#use(found ?? (await request("POST", "/api/sessions")));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.trouble = `No session: ${sentence(error.message)} Trying again.`;
      this.#wants.onState();
      setTimeout(() => this.open(), RETRY_MILLISECONDS);
    }
  }

  /** Ends this session and opens another. */
  async renew() {
    const old = this.token;
    this.#summary = null;
    this.relay?.close();
    keep("sessionStorage", KEY, null);
    if (old) await request("DELETE", `/api/sessions/${old}`).catch(() => null);
    await this.open();
  }

  /** Asks whether somebody has joined. */
  async refresh() {
    if (!this.token || this.relay?.state === "ended") return;
    const found = await request("GET", `/api/sessions/${this.token}`).catch(() => null);
    if (found?.token !== this.token) return;
    this.#summary = found;
    this.#wants.onState();
  }

  #use(found) {
    const isStopWanted = this.#wants.isStopWanted();
    this.#summary = found;
    this.trouble = "";
    keep("sessionStorage", KEY, this.token);
    this.relay?.close();
    this.relay = new Relay(this.token, this.#wants);
    this.relay.start();
    // A STOP that the old session could not send goes first in this one.
    if (isStopWanted) this.relay.stop();
    this.#wants.onOpen();
  }
}

function goneIsNull(error) {
  if (error.status === 404 || error.status === 410) return null;
  throw error;
}
