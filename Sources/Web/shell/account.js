// Who uses this page: a token, typed in or got by logging in, that goes with every request.

import { door, proof } from "./doors.js";
import { Refused, keep, kept, request } from "./live.js";

const KEY = "station-token";

/**
 * `bearer` is the token or null, `me` what `GET /v1/me` says of it or null.
 *
 * A token lives as long as its tab, unless its user wants it kept on this device.
 */
class Account {
  me = null;
  #onChange = [];

  get bearer() {
    return kept("sessionStorage", KEY) ?? kept("localStorage", KEY);
  }

  /** Calls back now and whenever somebody has come or gone. */
  follow(onChange) {
    this.#onChange.push(onChange);
    onChange();
  }

  /** Logs in; throws `Refused` with the station's words. */
  async logIn(username, password, code, isKept) {
    const token = await door.logIn(username, password, proof(code));
    await this.useToken(token ?? "", isKept);
  }

  /** Takes a token once the station has said whose it is; throws `Refused` otherwise. */
  async useToken(token, isKept) {
    this.me = await door.whoIs(token);
    keep("sessionStorage", KEY, token);
    keep("localStorage", KEY, isKept ? token : null);
    this.#changed();
  }

  forget() {
    this.me = null;
    keep("sessionStorage", KEY, null);
    keep("localStorage", KEY, null);
    this.#changed();
  }

  /** Asks who the kept token belongs to, at the page's start. */
  async begin() {
    if (!this.bearer) return;
    try {
      this.me = await door.whoIs(this.bearer);
      this.#changed();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.status === 401) this.forget();
    }
  }

  /** A request in the user's name. */
  request(method, path, options = {}) {
    return request(method, path, { ...options, bearer: this.bearer });
  }

  /** The path of a socket, with the token that a browser can show in no header. */
  socketPath(path) {
    if (!this.bearer) return path;
    return `${path}${path.includes("?") ? "&" : "?"}token=${encodeURIComponent(this.bearer)}`;
  }

  #changed() {
    for (const onChange of this.#onChange) onChange();
  }
}

export const account = new Account();
