// Who hosts: somebody who opened the door with the hosts' key, or a user who may host.

import { account } from "../shell/account.js";
import { isAlone } from "../shell/doors.js";
import { Refused, keep, kept, request } from "../shell/live.js";

const KEY = "game-night-token";
const PERMISSION = "game-night.host";

class HostAccess {
  #onChange = [];

  constructor() {
    if (!isAlone) account.follow(() => this.#changed());
  }

  /** The token that goes with changes; null for who only looks. */
  get bearer() {
    return this.#own ?? (this.#isUserHost ? account.bearer : null);
  }

  /** Whether it is the key's, which only this page knows. */
  get isByKey() {
    return this.#own !== null;
  }

  get #own() {
    return kept("sessionStorage", KEY) ?? kept("localStorage", KEY);
  }

  get #isUserHost() {
    const { me } = account;
    if (isAlone || !me) return false;
    const permissions = Array.isArray(me.permissions) ? me.permissions : [];
    return me.superuser === true || permissions.includes(PERMISSION);
  }

  /** Calls back now and whenever somebody may host who could not, or the other way round. */
  follow(onChange) {
    this.#onChange.push(onChange);
    onChange();
  }

  async useKey(key, isKept) {
    const answer = await request("POST", "api/auth/login", { body: { key } });
    if (typeof answer?.token !== "string") throw new Refused(0, "The station gave no token.");
    this.#keep(answer.token, isKept);
  }

  /** Takes a token once the station has let it in. */
  async useToken(token, isKept) {
    await request("GET", "api/webhooks", { bearer: token });
    this.#keep(token, isKept);
  }

  forget() {
    this.#keep(null, true);
  }

  /** Whether a token of an earlier visit still counts. */
  async begin() {
    const own = this.#own;
    if (own === null) return;
    try {
      await request("GET", "api/webhooks", { bearer: own });
    } catch (error) {
      this.#wasRefused(error);
    }
  }

  /** A request in the host's name. */
  async request(method, path, options = {}) {
    try {
      return await request(method, path, { ...options, bearer: this.bearer });
    } catch (error) {
      this.#wasRefused(error);
      throw error;
    }
  }

  /** A token of the key lasts a day: after that it is asked for again. */
  #wasRefused(error) {
    if (!(error instanceof Refused)) throw error;
    if (this.isByKey && [401, 403].includes(error.status)) this.forget();
  }

  #keep(token, isKept) {
    keep("sessionStorage", KEY, token);
    keep("localStorage", KEY, isKept ? token : null);
    this.#changed();
  }

  #changed() {
    for (const onChange of this.#onChange) onChange();
  }
}

export const host = new HostAccess();
