// The laptop's choice of a rotor: the list, the station token, pairing it with the session.

import { $, keep, kept, request, show } from "./live.js";

const LIST_MILLISECONDS = 10000;

export class RotorChoice {
  #rotors = [];
  #isListRefused = false;
  #token;
  #onChoice;
  #pairedId = Number(kept("sessionStorage", "paired-rotor")) || null;

  /** `token()` is the session's; `onChoice` gets the chosen rotor's description, or null. */
  constructor({ token, onChoice }) {
    this.#token = token;
    this.#onChoice = onChoice;
    $("pair-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#pair();
    });
    $("rotor-select").addEventListener("change", () => this.#chosen());
    $("unpair-rotor").addEventListener("click", () => this.#unpair());
    $("forget-token").addEventListener("click", () => {
      keep("sessionStorage", "station-token", null);
      this.#render();
      $("admin-token").focus();
    });
    setInterval(() => this.#list(), LIST_MILLISECONDS);
    this.#list();
    this.#render();
  }

  get isPaired() {
    return this.#pairedId !== null;
  }

  /** The station token that was typed in, or null. */
  get bearer() {
    return kept("sessionStorage", "station-token");
  }

  /** The path of one of the chosen rotor's resources, or null when none is chosen. */
  path(resource) {
    const id = $("rotor-select").value;
    return id === "" ? null : `/api/rotors/${encodeURIComponent(id)}/${resource}`;
  }

  /** Stops the chosen rotor over HTTP: the way that is left when the relay is not there. */
  async stop() {
    const path = this.path("stop");
    if (!path) throw new Error("no rotor is chosen");
    await request("POST", path, { bearer: this.bearer ?? this.#token() });
  }

  /** A rotor that this page had paired with another session moves on to this one. */
  sessionChanged() {
    const isOther = kept("sessionStorage", "paired-session") !== this.#token();
    if (this.isPaired && this.bearer && isOther) this.#pair();
  }

  say(text, isBad = text !== "") {
    $("rotor-message").classList.toggle("bad", isBad);
    show($("rotor-message"), text);
  }

  async #list() {
    try {
      const answer = await request("GET", "/api/rotors", { bearer: this.bearer });
      const rotors = Array.isArray(answer) ? answer : [];
      if (this.#isListRefused) this.say("");
      this.#isListRefused = false;
      if (JSON.stringify(rotors) === JSON.stringify(this.#rotors)) return;
      this.#rotors = rotors;
      this.#fill();
    } catch (error) {
      if (error.status === 0) return;
      this.#isListRefused = true;
      this.say(error.message);
    }
  }

  #fill() {
    const select = $("rotor-select");
    const wanted = select.value || String(this.#pairedId ?? this.#rotors[0]?.id ?? "");
    const options = this.#rotors.map(({ id, name, host, port, driver }) => {
      const where = driver === "rotctld" ? ` (${host}:${port})` : ` (${driver})`;
      return new Option(`${name}${where}`, String(id));
    });
    if (options.length === 0) options.push(new Option("– none yet –", ""));
    select.replaceChildren(...options);
    if (options.some((option) => option.value === wanted)) select.value = wanted;
    if (this.#rotors.length === 0) {
      this.say("This station has no rotor yet. Add one: boresight rotor add --help", false);
    } else {
      this.say("");
    }
    this.#chosen();
  }

  #chosen() {
    const id = $("rotor-select").value;
    this.#render();
    this.#onChoice(this.#rotors.find((rotor) => String(rotor.id) === id) ?? null);
  }

  async #pair() {
    // After a reload the list may not be here yet, but the paired rotor is known.
    const id = this.#pairedId ?? $("rotor-select").value;
    const token = this.#token();
    const typed = $("admin-token").value.trim();
    if (typed) keep("sessionStorage", "station-token", typed);
    if (id === "" || !token) return this.say("There is nothing to pair yet.");
    const bearer = this.bearer ?? typed;
    if (!bearer) {
      this.say("Pairing a rotor needs the station token.");
      return $("admin-token").focus();
    }
    try {
      await request("POST", `/api/rotors/${id}/pair`, { body: { token }, bearer });
      this.#remember(Number(id));
      $("admin-token").value = "";
      this.say("Paired: it obeys this session now.", false);
    } catch (error) {
      if (error.status === 401) keep("sessionStorage", "station-token", null);
      this.#remember(null);
      this.say(error.message);
    }
  }

  async #unpair() {
    try {
      await request("DELETE", `/api/rotors/${this.#pairedId}/pair`, { bearer: this.bearer });
    } catch (error) {
      if (error.status !== 404) return this.say(error.message);
    }
    this.#remember(null);
    this.#chosen();
    this.say("Unpaired.", false);
  }

  #remember(id) {
    this.#pairedId = id;
    keep("sessionStorage", "paired-rotor", id === null ? null : String(id));
    keep("sessionStorage", "paired-session", id === null ? null : this.#token());
    this.#render();
  }

  #render() {
    $("rotor-select").disabled = this.isPaired;
    $("pair-rotor").hidden = this.isPaired;
    $("unpair-rotor").hidden = !this.isPaired;
    $("token-fields").hidden = Boolean(this.bearer);
    $("forget-token").hidden = !this.bearer;
  }
}
