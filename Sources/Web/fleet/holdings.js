// The organisation's devices and who has them: asked for every few seconds while somebody looks.

import { account } from "../shell/account.js";
import { Reading, Refused, keep, kept, parsed } from "../shell/live.js";
import { organization } from "./organization.js";
import { people } from "./people.js";

/** Often enough for what is shown never to count as old. */
const ASK_MILLISECONDS = 4000;
/** The station's greatest page. */
const HELD_MOST = 500;
const PAGE_SIZE = 25;
/** A lease that shall end with the page: so much silence ends it, also that of a sleeping tab. */
export const HEARTBEAT_SECONDS = 300;
const BEAT_MILLISECONDS = 60000;
const BEATING = "fleet-heartbeats";
const BEATING_MOST = 50;

export class Holdings {
  /** The devices, with the age of what is known of them. */
  devices = new Reading();
  /** Leases that are held now. */
  held = [];
  /** A page of those that have ended, newest first. */
  ended = [];
  refusal = "";
  #cursors = [null];
  #next = null;
  #onChange;
  #question = 0;

  constructor(onChange) {
    this.#onChange = onChange;
    setInterval(() => this.#askIfSeen(), ASK_MILLISECONDS);
    setInterval(() => this.#beatAll(), BEAT_MILLISECONDS);
    document.addEventListener("visibilitychange", () => this.#askIfSeen());
  }

  /** The lease that holds a device, or null. */
  leaseOf(device) {
    return this.held.find((lease) => lease.device.id === device) ?? null;
  }

  get hasOlder() {
    return this.#next !== null;
  }

  get hasNewer() {
    return this.#cursors.length > 1;
  }

  older() {
    if (this.#next) this.#cursors.push(this.#next);
    return this.ask();
  }

  newer() {
    if (this.hasNewer) this.#cursors.pop();
    return this.ask();
  }

  forget() {
    this.#question += 1;
    this.devices.clear();
    this.held = this.ended = [];
    this.#cursors = [null];
    this.refusal = "";
    people.forget();
  }

  async ask() {
    if (!account.bearer) return;
    const question = ++this.#question;
    try {
      const cursor = this.#cursors[this.#cursors.length - 1];
      const before = cursor ? `&before=${encodeURIComponent(cursor)}` : "";
      const [devices, held, ended] = await Promise.all([
        organization.request("GET", "/api/v1/devices"),
        organization.request("GET", `/api/v1/sessions?active=true&limit=${HELD_MOST}`),
        organization.request("GET", `/api/v1/sessions?active=false&limit=${PAGE_SIZE}${before}`),
      ]);
      if (question !== this.#question) return;
      this.devices.set(listed(devices).filter(({ id }) => typeof id === "string"));
      this.held = leases(held);
      this.ended = leases(ended);
      this.#next = typeof ended?.nextCursor === "string" ? ended.nextCursor : null;
      this.refusal = "";
      await people.learn([...this.held, ...this.ended].map(({ user }) => user));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (question === this.#question) this.refusal = error.message;
    }
    this.#onChange();
  }

  // ---- What is done with leases; all throw `Refused` with the station's words.

  /** @param {{duration?: number, endsWithPage?: boolean}} wish `duration` in seconds */
  async take(device, { duration, endsWithPage }) {
    const body = { device };
    if (duration) body.duration = duration;
    if (endsWithPage) body.heartbeat = HEARTBEAT_SECONDS;
    const lease = await this.#order("/api/v1/sessions", body);
    if (endsWithPage && typeof lease?.id === "string") this.#beating = [...this.#beating, lease.id];
    return lease;
  }

  release(lease) {
    return this.#order(`${path(lease)}/release`);
  }

  handOver(lease, user) {
    return this.#order(`${path(lease)}/hand-over`, { user });
  }

  beat(lease) {
    return this.#order(`${path(lease)}/heartbeat`);
  }

  /** True when this page keeps the lease alive. */
  isKept(lease) {
    return this.#beating.includes(lease.id);
  }

  async #order(where, body) {
    try {
      return await organization.request("POST", where, { body });
    } finally {
      await this.ask();
    }
  }

  /** Those that this tab keeps alive. They outlive a reload. */
  get #beating() {
    const ids = parsed(kept("sessionStorage", BEATING) ?? "[]");
    return Array.isArray(ids) ? ids : [];
  }

  set #beating(ids) {
    keep("sessionStorage", BEATING, JSON.stringify(ids.slice(-BEATING_MOST)));
  }

  async #beatAll() {
    for (const id of this.#beating) {
      try {
        await organization.request("POST", `${path({ id })}/heartbeat`);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        const isOver = [403, 404, 409].includes(error.status);
        if (isOver) this.#beating = this.#beating.filter((other) => other !== id);
      }
    }
  }

  #askIfSeen() {
    if (document.visibilityState === "visible") this.ask();
  }
}

function path({ id }) {
  return `/api/v1/sessions/${encodeURIComponent(id)}`;
}

function listed(answer) {
  return Array.isArray(answer?.data) ? answer.data : [];
}

function leases(answer) {
  return listed(answer).filter(({ id, device }) =>
    typeof id === "string" && typeof device?.id === "string");
}
