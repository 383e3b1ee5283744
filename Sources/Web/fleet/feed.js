// How the locations get here: a snapshot with every connection, and from then on the socket.

import { account } from "../shell/account.js";
import { Refused } from "../shell/live.js";
import { LiveSocket } from "../shell/socket.js";
import { LOCATIONS_MOST } from "./locations.js";

const LIST = "/api/v1/controller/location/";
const SOCKET = "/ws/loci/location/";
/** The station's greatest page. */
const PAGE_SIZE = 100;
/** So many pages are asked for side by side: a browser makes six connections. */
const PAGES_AT_ONCE = 4;
/** A snapshot of many thousands takes a small station its time. */
const SNAPSHOT_MILLISECONDS = 30000;
/** Nobody tells that a location was deleted or renamed: a new snapshot does, so often. */
const REFRESH_MILLISECONDS = 300000;
/** A tick of an unknown location asks for a new snapshot, but no more often than this. */
const UNKNOWN_MILLISECONDS = 10000;
/** A snapshot that did not come, or lost a page on the way, is asked for again. */
const RETRY_MILLISECONDS = 10000;

const ENDED = { 1008: "The right to see where the locations are was taken away." };

/** Keeps `locations` up to date for as long as somebody is signed in. */
export class LocationFeed {
  /** The LiveSocket, or null while nobody is signed in. */
  socket = null;
  /** Why the last snapshot did not come, or empty. */
  refusal = "";

  #locations;
  #wants;
  #bearer = null;
  #snapshot = 0;
  #askedAt = -Infinity;
  #isAsking = false;

  /** `onTick(location)` is called for every message, `onState` for every change of the socket. */
  constructor(locations, { onOpen, onTick, onState }) {
    this.#locations = locations;
    this.#wants = { onOpen, onTick, onState };
    setInterval(() => this.#refresh(), REFRESH_MILLISECONDS);
  }

  /** Begins anew when somebody else is here than before. */
  accountChanged() {
    if (account.bearer === this.#bearer) return;
    this.#bearer = account.bearer;
    this.#snapshot += 1;
    this.socket?.close();
    this.socket = null;
    this.refusal = "";
    this.#locations.clear();
    if (this.#bearer) this.#open();
    this.#wants.onState();
  }

  #open() {
    this.socket = new LiveSocket({
      path: () => account.socketPath(SOCKET),
      ended: ENDED,
      explain: () => account.request("GET", `${LIST}?page_size=1`),
      onOpen: () => {
        this.#ask();
        this.#wants.onOpen();
      },
      onMessage: (message) => this.#hear(message),
      onState: this.#wants.onState,
    });
    this.socket.start();
  }

  #hear(message) {
    const location = this.#locations.hear(message);
    if (!location) return;
    // A message does not say whose the location is.
    if (location.organization === null) this.#unknownHeard();
    this.#wants.onTick(location);
  }

  #unknownHeard() {
    if (this.#isAsking || performance.now() - this.#askedAt < UNKNOWN_MILLISECONDS) return;
    this.#ask();
  }

  #refresh() {
    if (this.socket?.isOpen && document.visibilityState === "visible") this.#ask();
  }

  /** Asks for a snapshot; a later question makes the answers to this one void. */
  async #ask() {
    const snapshot = ++this.#snapshot;
    const isCurrent = () => snapshot === this.#snapshot;
    this.#askedAt = performance.now();
    this.#isAsking = true;
    try {
      const askedAt = performance.now();
      const ids = new Set();
      await this.#askForPlaces(ids, isCurrent);
      await this.#askForAges(ids, isCurrent);
      if (!isCurrent()) return;
      this.#locations.keepOnly(ids, askedAt);
      this.refusal = "";
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (!isCurrent()) return;
      this.refusal = error.message;
      setTimeout(() => isCurrent() && this.#refresh(), RETRY_MILLISECONDS);
    } finally {
      if (isCurrent()) this.#isAsking = false;
      this.#wants.onState();
    }
  }

  /** All at once, without their ages: the map is full with one answer. */
  async #askForPlaces(ids, isCurrent) {
    const askedAt = performance.now();
    const answer = await this.#get(`${LIST}geojson/`);
    if (!isCurrent()) return;
    for (const feature of listed(answer?.features)) {
      ids.add(this.#locations.take(feature?.properties, feature?.geometry, askedAt));
    }
    this.#locations.isKnown = true;
  }

  /** Page by page, with their ages, and with those that are nowhere yet. */
  async #askForAges(ids, isCurrent) {
    const count = await this.#askForPage(1, ids, isCurrent);
    const pages = Math.ceil(Math.min(LOCATIONS_MOST, count) / PAGE_SIZE);
    let next = 2;
    const askOn = async () => {
      while (next <= pages && isCurrent()) await this.#askForPage(next++, ids, isCurrent);
    };
    await Promise.all(Array.from({ length: PAGES_AT_ONCE }, askOn));
  }

  /** Takes a page; gives how many locations there are on all of them. */
  async #askForPage(page, ids, isCurrent) {
    const askedAt = performance.now();
    const answer = await this.#get(`${LIST}?page=${page}&page_size=${PAGE_SIZE}`);
    if (isCurrent()) {
      for (const location of listed(answer?.results)) {
        ids.add(this.#locations.take(location, location?.geometry, askedAt));
      }
    }
    return Number.isInteger(answer?.count) ? answer.count : 0;
  }

  #get(path) {
    return account.request("GET", path, { limit: SNAPSHOT_MILLISECONDS });
  }
}

function listed(value) {
  return Array.isArray(value) ? value : [];
}
