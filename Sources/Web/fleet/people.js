// Names for the users of leases, which the station names by their ids.

import { account } from "../shell/account.js";
import { Refused } from "../shell/live.js";

/** An unknown user is asked for no more often than this. */
const ASK_MILLISECONDS = 60000;

class People {
  #emails = new Map();
  #askedAt = -Infinity;

  /** The known e-mail addresses. */
  get all() {
    return [...this.#emails.values()];
  }

  isMe(id) {
    return account.me?.id === id;
  }

  /** "you", an e-mail address, or what is left to say of somebody unknown. */
  name(id) {
    if (this.isMe(id)) return "you";
    return this.#emails.get(id) ?? `another member (${String(id).slice(0, 8)})`;
  }

  /** Learns who these are; only a superuser may ask the station. */
  async learn(ids) {
    const isNew = ids.some((id) => !this.isMe(id) && !this.#emails.has(id));
    if (!isNew || !account.me?.superuser) return;
    if (performance.now() - this.#askedAt < ASK_MILLISECONDS) return;
    this.#askedAt = performance.now();
    try {
      const users = await account.request("GET", "/v1/users");
      for (const { id, email } of Array.isArray(users) ? users : []) {
        if (typeof id === "string" && typeof email === "string") this.#emails.set(id, email);
      }
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
  }

  forget() {
    this.#emails.clear();
    this.#askedAt = -Infinity;
  }
}

export const people = new People();
