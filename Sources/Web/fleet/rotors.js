// The station's rotors: one may follow a location, and all of them stop.

import { account } from "../shell/account.js";
import { announce } from "../shell/connection.js";
import {
  $, Reading, Refused, ageText, degrees, sentence, show, stationClock,
} from "../shell/live.js";

const LIST_MILLISECONDS = 10000;
const POSITION_MILLISECONDS = 2000;
/** A STOP that did not get through is sent again so soon. */
const STOP_AGAIN_MILLISECONDS = 500;
/** How long after STOP a rotor may take to say that it stands. */
const CONFIRM_MILLISECONDS = 3000;
/** A click this soon after its own pointer press is the same press. */
const SAME_PRESS_MILLISECONDS = 1000;
/** More rotors are neither listed nor asked. */
const ROTORS_MOST = 16;

/** One rotor: where it points, and how far its STOP has come. */
class Rotor {
  position = new Reading();
  trouble = "";
  /** Null, or `sent`, `accepted`, `refused`. */
  stop = null;
  refusal = "";

  constructor({ id, name }) {
    this.id = id;
    this.name = String(name ?? id);
  }

  path(resource) {
    return `/api/rotors/${encodeURIComponent(this.id)}/${resource}`;
  }

  async ask() {
    try {
      const told = await account.request("GET", this.path("position"));
      if (!Number.isFinite(told?.azimuth) || !Number.isFinite(told?.elevation)) return;
      this.position.set(told, stationClock.secondsSince(told.timestamp));
      this.trouble = "";
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.trouble = error.message;
    }
  }

  get stands() {
    const { mode, moving } = this.position.value ?? {};
    return mode === "stop" && moving === false;
  }

  get #problems() {
    const { problems } = this.position.value;
    if (!Array.isArray(problems)) return "";
    return problems.map(({ detail }) => ` (${detail})`).join("");
  }

  get words() {
    if (this.trouble) return `${this.name}: ${this.trouble}`;
    const told = this.position.value;
    if (!told) return `${this.name}: not heard of yet`;
    const state = told.moving ? "turning" : "standing";
    const age = this.position.isLive ? "" : `old: ${ageText(this.position.age)}: `;
    const at = `az ${degrees(told.azimuth)}, el ${degrees(told.elevation)}`;
    return `${this.name}: ${age}${at}, ${state}, ${told.mode}${this.#problems}`;
  }
}

export class Rotors {
  #rotors = [];
  #pressedAt = null;
  #pointerAt = -Infinity;
  #press = 0;
  #chosen;
  /** What this page has let follow what: rotor's id to location's name. */
  #following = new Map();

  /** `chosen()` gives the location that a rotor may follow, or null. */
  constructor(chosen) {
    this.#chosen = chosen;
    this.#wireStop();
    $("rotor-follow").addEventListener("click", () => this.#follow());
    setInterval(() => this.#list(), LIST_MILLISECONDS);
    setInterval(() => this.#ask(), POSITION_MILLISECONDS);
    this.#list();
  }

  render() {
    const location = this.#chosen();
    $("rotor-row").hidden = this.#rotors.length === 0;
    $("rotor-select-row").hidden = this.#rotors.length < 2;
    $("rotor-follow").disabled = !account.bearer || !location?.place;
    show($("rotor-follow"), `Let the rotor follow ${location?.name ?? ""}`.trim());
    const states = this.#rotors.map((rotor) => {
      const name = this.#following.get(rotor.id);
      return sentence(name ? `${rotor.words}, told to follow ${name}` : rotor.words);
    });
    show($("rotor-states"), states.join(" ") || "This station has no rotor.");
    $("stop").hidden = this.#rotors.length === 0;
    this.#renderStop();
  }

  async #list() {
    if (document.visibilityState !== "visible") return;
    try {
      const answer = await account.request("GET", "/api/rotors");
      const listed = (Array.isArray(answer) ? answer : []).filter(({ id }) => Number.isInteger(id));
      const known = new Map(this.#rotors.map((rotor) => [rotor.id, rotor]));
      const select = $("rotor-select");
      const wanted = select.value;
      this.#rotors = listed.slice(0, ROTORS_MOST).map((told) => {
        const rotor = known.get(told.id) ?? new Rotor(told);
        rotor.name = String(told.name ?? told.id);
        return rotor;
      });
      select.replaceChildren(...this.#rotors.map(({ id, name }) => new Option(name, String(id))));
      if (known.has(Number(wanted))) select.value = wanted;
      if (known.size === 0) await this.#ask();
      this.render();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
  }

  async #ask() {
    if (document.visibilityState !== "visible") return;
    await Promise.all(this.#rotors.map((rotor) => rotor.ask()));
    this.render();
  }

  async #follow() {
    const location = this.#chosen();
    const rotor = this.#rotors.find(({ id }) => String(id) === $("rotor-select").value);
    if (!location || !rotor) return;
    const message = $("chosen-message");
    show(message, "");
    try {
      const body = { target_type: "location", target_id: location.id };
      const { azimuth, elevation } = await account.request("POST", rotor.path("point"), { body });
      this.#pressedAt = null;
      this.#following.set(rotor.id, location.name);
      const to = `az ${degrees(azimuth)}, el ${degrees(elevation)}`;
      announce(`${rotor.name} turns to ${to} and follows ${location.name}.`);
      await rotor.ask();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      show(message, `${rotor.name} does not follow: ${sentence(error.message)}`);
    }
    this.render();
  }

  // ---- STOP: acts on the press, and is followed up until every rotor says that it stands.

  #wireStop() {
    const button = $("stop");
    button.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      this.#pointerAt = performance.now();
      this.#stop();
    });
    button.addEventListener("click", () => {
      if (performance.now() - this.#pointerAt > SAME_PRESS_MILLISECONDS) this.#stop();
    });
    for (const name of ["keydown", "keyup"]) {
      document.addEventListener(name, (event) => this.#key(event), { capture: true });
    }
  }

  /** Esc and the space bar stop, but not where a space is text or a choice. */
  #key(event) {
    if ((event.key !== "Escape" && event.key !== " ") || event.isComposing) return;
    if (this.#rotors.length === 0) return;
    if (event.key === " ") {
      const own = event.target.closest?.("input, select, textarea, summary");
      if (own || event.ctrlKey || event.altKey || event.metaKey) return;
    }
    event.preventDefault();
    if (event.type === "keydown" && !event.repeat) this.#stop();
  }

  #stop() {
    const press = ++this.#press;
    this.#pressedAt = performance.now();
    this.#following.clear();
    announce("");
    for (const rotor of this.#rotors) this.#stopOne(rotor, press);
    this.#renderStop();
  }

  /** Sends STOP until the station has taken or refused it, or another order is given. */
  async #stopOne(rotor, press) {
    rotor.stop = "sent";
    rotor.refusal = "";
    while (press === this.#press && this.#pressedAt !== null && rotor.stop === "sent") {
      try {
        await account.request("POST", rotor.path("stop"));
        rotor.stop = "accepted";
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        rotor.refusal = error.message;
        if (error.status !== 0 && error.status < 500) rotor.stop = "refused";
        else await pause(STOP_AGAIN_MILLISECONDS);
      }
      this.#renderStop();
    }
    while (press === this.#press && rotor.stop === "accepted" && !rotor.stands && !this.#isLate) {
      await rotor.ask();
      this.#renderStop();
      await pause(STOP_AGAIN_MILLISECONDS);
    }
  }

  /** True when a rotor that took STOP should have said by now that it stands. */
  get #isLate() {
    return performance.now() - this.#pressedAt >= CONFIRM_MILLISECONDS;
  }

  #renderStop() {
    const isAsked = this.#pressedAt !== null && this.#rotors.length > 0;
    const words = isAsked ? this.#rotors.map((rotor) => this.#stopWords(rotor)) : [];
    $("stop-state").hidden = !isAsked;
    $("stop-state").classList.toggle("warning", words.some(({ isBad }) => isBad));
    show($("stop-state"), words.map(({ text }) => text).join(" "));
  }

  #stopWords(rotor) {
    const because = rotor.refusal ? ` (${rotor.refusal.replace(/\.$/, "")})` : "";
    if (rotor.stop === "refused") {
      return { isBad: true,
        text: `STOP was refused for ${rotor.name}${because}. Use its own switch.` };
    }
    if (rotor.stop === "sent" && rotor.refusal) {
      return { isBad: true,
        text: `STOP is NOT there yet for ${rotor.name}${because}: it is sent again and again. ` +
          "Use its own switch." };
    }
    if (rotor.stop === "sent") return { isBad: false, text: `STOP sent to ${rotor.name}…` };
    if (rotor.stands && rotor.position.isLive) {
      const { azimuth, elevation } = rotor.position.value;
      const at = `az ${degrees(azimuth)}, el ${degrees(elevation)}`;
      return { isBad: false, text: `${rotor.name} stopped at ${at}.` };
    }
    if (!this.#isLate) return { isBad: false, text: `STOP accepted for ${rotor.name}…` };
    return { isBad: true,
      text: `STOP was accepted, but ${rotor.name} has not confirmed that it stands. Look at it.` };
  }
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
