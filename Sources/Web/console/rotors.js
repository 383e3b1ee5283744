// The station's rotors: where each one points, which one this page is about, and pairing that one
// with the session.

import { account } from "../shell/account.js";
import {
  $, Reading, ageText, degrees, element, keep, kept, request, show, stationClock,
} from "../shell/live.js";
import { pulse } from "../shell/pulse.js";

const LIST_MILLISECONDS = 10000;
const POSITIONS_MILLISECONDS = 5000;
/** A rotor that could not be asked is left alone for so long, in seconds. */
const TROUBLE_SECONDS = 20;
/** So many rotors are listed. */
const MOST_ROTORS = 50;

const CHOSEN = "rotor";
const PAIRED = "paired-rotor";
const PAIRED_SESSION = "paired-session";

export class RotorList {
  #rows = new Map();
  #askPositions;
  #isListRefused = false;
  #session;
  #onChoice;
  #chosen = null;
  #pairedId = Number(kept("sessionStorage", PAIRED)) || null;

  /** `onChoice` gets the chosen rotor's description, or null. */
  constructor({ session, onChoice }) {
    this.#session = session;
    this.#onChoice = onChoice;
    $("pair-rotor").addEventListener("click", () => this.#pair());
    $("unpair-rotor").addEventListener("click", () => this.#unpair());
    account.follow(() => {
      if (this.#isListRefused) this.#list();
      this.#render();
    });
    this.#askPositions = pulse(POSITIONS_MILLISECONDS, async () => {
      for (const row of [...this.#rows.values()]) await row.ask();
    });
    pulse(LIST_MILLISECONDS, () => this.#list());
  }

  get isPaired() {
    return this.#pairedId !== null;
  }

  /** The chosen rotor's description, or null. */
  get chosen() {
    return this.#chosen;
  }

  /** The path of one of the chosen rotor's resources, or null when none is chosen. */
  path(resource) {
    return this.#chosen === null ? null : pathOf(this.#chosen.id, resource);
  }

  /** Stops the chosen rotor over HTTP: the way that is left when the relay is not there. */
  async stop() {
    const path = this.path("stop");
    if (!path) throw new Error("no rotor is chosen");
    await request("POST", path, { bearer: account.bearer ?? this.#session.token });
  }

  /** Lists the rotors anew; the one that is given, if any, becomes the chosen one. */
  async refresh(rotor) {
    if (Number.isInteger(rotor?.id) && !this.isPaired) {
      keep("sessionStorage", CHOSEN, String(rotor.id));
      this.#chosen = null;
    }
    await this.#list();
  }

  /** A rotor that this page had paired with another session moves on to this one. */
  sessionChanged() {
    const isOther = kept("sessionStorage", PAIRED_SESSION) !== this.#session.token;
    if (this.isPaired && account.bearer && isOther) this.#pair();
  }

  /** True unless this name is another rotor's. */
  isAbout(name) {
    return typeof name !== "string" || this.#chosen === null || this.#chosen.name === name;
  }

  /** The session's rotor has another name: somebody else has paired it, and it is what matters. */
  follow(name) {
    const row = [...this.#rows.values()].find(({ rotor }) => rotor.name === name);
    if (row && row.rotor.id !== this.#chosen?.id) this.#choose(row.rotor.id);
  }

  /** What the page has heard of the chosen rotor itself. */
  heard(reading) {
    const row = this.#rows.get(this.#chosen?.id);
    if (row && reading.value) row.hear(reading.value, reading.age);
  }

  render(isConnected) {
    for (const row of this.#rows.values()) row.render(isConnected);
  }

  say(text, isBad = text !== "") {
    $("rotor-message").classList.toggle("bad", isBad);
    show($("rotor-message"), text);
  }

  // ---- The list

  async #list() {
    try {
      const answer = await account.request("GET", "/api/rotors");
      if (this.#isListRefused) this.say("");
      this.#isListRefused = false;
      this.#fill((Array.isArray(answer) ? answer : []).filter(isRotor).slice(0, MOST_ROTORS));
    } catch (error) {
      if (error.status === 0) return;
      this.#isListRefused = true;
      this.say(error.message);
    }
  }

  #fill(rotors) {
    $("rotor-table").hidden = rotors.length === 0;
    $("no-rotors").hidden = rotors.length > 0;
    for (const [id, row] of this.#rows) {
      if (rotors.some((rotor) => rotor.id === id)) continue;
      row.element.remove();
      this.#rows.delete(id);
    }
    for (const rotor of rotors) {
      const known = this.#rows.get(rotor.id);
      if (known) {
        known.describe(rotor);
        continue;
      }
      const row = new RotorRow(rotor, () => this.#choose(rotor.id));
      this.#rows.set(rotor.id, row);
      $("rotor-rows").append(row.element);
    }
    this.#askPositions();
    const wanted = this.#pairedId ?? this.#chosen?.id ?? Number(kept("sessionStorage", CHOSEN));
    const rotor = rotors.find(({ id }) => id === wanted) ?? rotors[0] ?? null;
    if (JSON.stringify(rotor) === JSON.stringify(this.#chosen)) return;
    this.#become(rotor);
  }

  #choose(id) {
    keep("sessionStorage", CHOSEN, String(id));
    this.#become(this.#rows.get(id)?.rotor ?? null);
  }

  #become(rotor) {
    this.#chosen = rotor;
    this.#render();
    this.#onChoice(rotor);
  }

  // ---- Pairing

  async #pair() {
    // After a reload the list may not be here yet, but the paired rotor is known.
    const id = this.#pairedId ?? this.#chosen?.id ?? null;
    const token = this.#session.token;
    if (id === null || !token) return this.say("There is nothing to pair yet.");
    try {
      await account.request("POST", pathOf(id, "pair"), { body: { token } });
      this.#remember(id);
      this.say("Paired: it obeys this session now.", false);
    } catch (error) {
      this.#remember(null);
      this.say(error.message);
    }
  }

  async #unpair() {
    try {
      await account.request("DELETE", pathOf(this.#pairedId, "pair"));
    } catch (error) {
      if (error.status !== 404) return this.say(error.message);
    }
    this.#remember(null);
    this.#onChoice(this.#chosen);
    this.say("Unpaired.", false);
  }

  #remember(id) {
    this.#pairedId = id;
    keep("sessionStorage", PAIRED, id === null ? null : String(id));
    keep("sessionStorage", PAIRED_SESSION, id === null ? null : this.#session.token);
    this.#render();
  }

  #render() {
    for (const [id, row] of this.#rows) {
      row.mark({
        isChosen: id === this.#chosen?.id, isPaired: id === this.#pairedId,
        isFixed: this.isPaired,
      });
    }
    $("pair-rotor").hidden = this.isPaired;
    $("pair-rotor").disabled = !account.bearer || this.#chosen === null;
    $("unpair-rotor").hidden = !this.isPaired;
    $("unpair-rotor").disabled = !account.bearer;
    $("add-rotor").disabled = !account.bearer;
    $("change-rotor").disabled = !account.bearer || this.#chosen === null;
    $("sign-in-first").hidden = Boolean(account.bearer);
    show($("rotor-name"), this.#chosen?.name ?? "Rotor");
  }
}

const pathOf = (id, resource) => `/api/rotors/${encodeURIComponent(id)}/${resource}`;

const isRotor = (rotor) => Number.isInteger(rotor?.id) && typeof rotor.name === "string";

/** One rotor of the list. */
class RotorRow {
  element;
  rotor;
  #reading = new Reading();
  #trouble = new Reading();
  #input;
  #name = element("span", {});
  #paired = element("span", { class: "hint" });
  #where = element("span", { class: "hint" });
  #position = element("td", { class: "numbers" });
  #state = element("span", {});
  #mode = element("span", { class: "hint" });
  #age = element("td", { class: "age" });
  #owner = element("td", {});

  constructor(rotor, onChosen) {
    this.#input = element("input", {
      type: "radio", name: "rotor", value: rotor.id, id: `rotor-${rotor.id}`,
    });
    this.#input.addEventListener("change", onChosen);
    const label = element("label", { class: "check" }, this.#input,
      element("span", {}, this.#name, " ", this.#paired, element("br"), this.#where));
    this.element = element("tr", {}, element("th", { scope: "row" }, label),
      this.#position, element("td", {}, this.#state, element("br"), this.#mode), this.#age,
      this.#owner);
    this.describe(rotor);
  }

  describe(rotor) {
    this.rotor = rotor;
    show(this.#name, rotor.name);
    show(this.#where, rotor.driver === "rotctld"
      ? `${rotor.host}:${rotor.port}` : String(rotor.driver ?? ""));
  }

  mark({ isChosen, isPaired, isFixed }) {
    this.#input.checked = isChosen;
    this.#input.disabled = isFixed && !isChosen;
    show(this.#paired, isPaired ? "(paired)" : "");
  }

  hear(rotor, ageSeconds) {
    this.#reading.set(rotor, ageSeconds);
    this.#trouble.clear();
  }

  async ask() {
    const isFresh = this.#reading.value !== null && this.#reading.age < 2;
    const isInTrouble = this.#trouble.value !== null && this.#trouble.age < TROUBLE_SECONDS;
    if (isFresh || isInTrouble) return;
    try {
      const answer = await account.request("GET", pathOf(this.rotor.id, "position"));
      if (!Number.isFinite(answer?.azimuth) || !Number.isFinite(answer.elevation)) return;
      this.hear(answer, answer.age_seconds ?? stationClock.secondsSince(answer.timestamp));
    } catch (error) {
      this.#trouble.set(error.message);
    }
  }

  render(isConnected) {
    const { value, age, isLive } = this.#reading;
    // A rotor that is only asked now and then is not old because of that.
    const isOld = value !== null && (!isConnected || (!isLive && age > TROUBLE_SECONDS));
    this.element.classList.toggle("old", isOld || this.#trouble.value !== null);
    show(this.#position, value === null
      ? "–" : `${degrees(value.azimuth)} ${degrees(value.elevation)}`);
    show(this.#state, this.#trouble.value
      ?? (value === null ? "–" : value.moving === true ? "turning" : "standing"));
    show(this.#mode, this.#trouble.value === null ? String(value?.mode ?? "") : "");
    show(this.#age, value === null ? "" : ageText(age));
    show(this.#owner, typeof value?.owner === "string" ? value.owner : "–");
  }
}
