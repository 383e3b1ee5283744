// How the station's drivers are: every value with its age, which counts on between answers.

import { account } from "../shell/account.js";
import { $, Reading, ageText, element, show } from "../shell/live.js";
import { pulse } from "../shell/pulse.js";

const ASK_MILLISECONDS = 5000;
/** So many drivers, and values of one, are listed. */
const MOST_DRIVERS = 40;
const MOST_VALUES = 10;
/** An answer this old, in seconds, tells nothing of now. */
const OLD_SECONDS = 15;

/** The states in words; what needs a look stands first. */
const STATES = {
  lost: "lost", stale: "old", connecting: "connecting", ok: "ok", simulated: "simulated",
  idle: "idle",
};
const TROUBLES = ["lost", "stale"];
const ORDER = Object.keys(STATES);
const UNITS = { degree: "°", metre: " m", second: " s" };

export class HealthCard {
  #answer = new Reading();
  /** What to write anew between answers: an element and what it says. */
  #ages = [];

  constructor() {
    const ask = pulse(ASK_MILLISECONDS, () => this.#ask());
    account.follow(ask);
  }

  async #ask() {
    try {
      const answer = await account.request("GET", "/v1/health");
      this.#answer.set(Array.isArray(answer?.drivers) ? answer.drivers : []);
      this.#fill();
      show($("health-message"), "");
    } catch (error) {
      // A station of an older version does not tell.
      $("health").hidden = error.status === 404;
      show($("health-message"), error.message);
    }
  }

  render() {
    const since = this.#answer.value === null ? 0 : this.#answer.age;
    $("health").classList.toggle("old", since > OLD_SECONDS);
    for (const { place, seconds } of this.#ages) show(place, ageText(seconds + since));
  }

  #fill() {
    this.#ages = [];
    const known = this.#answer.value.filter((driver) => typeof driver?.name === "string");
    known.sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
    const entries = known.slice(0, MOST_DRIVERS).map((driver) => this.#entry(driver));
    if (known.length > MOST_DRIVERS) {
      entries.push(element("li", { class: "hint" }, `And ${known.length - MOST_DRIVERS} more.`));
    }
    if (entries.length === 0) {
      entries.push(element("li", { class: "hint" }, "No driver is set up."));
    }
    $("drivers").replaceChildren(...entries);
    $("health").hidden = false;
    this.render();
  }

  #entry({ kind, name, state, detail, stateAgeSeconds, values }) {
    const isKnown = Object.hasOwn(STATES, state);
    const chip = element("span", { class: "chip", "data-driver": isKnown ? state : "stale" },
      isKnown ? STATES[state] : String(state));
    const title = element("p", { class: "driver" },
      element("strong", {}, name === kind ? name : `${kind} ${name}`), " ", chip, " ",
      this.#age(stateAgeSeconds));
    const entry = element("li", {}, title);
    if (typeof detail === "string") {
      const kindOfHint = TROUBLES.includes(state) ? "hint warning" : "hint";
      entry.append(element("p", { class: kindOfHint }, detail));
    }
    const told = (Array.isArray(values) ? values : []).slice(0, MOST_VALUES).map((value) =>
      element("div", {},
        element("dt", {}, words(value?.name)),
        element("dd", {}, valueText(value), " ", this.#age(value?.ageSeconds))));
    if (told.length > 0) entry.append(element("dl", {}, ...told));
    return entry;
  }

  #age(seconds) {
    const place = element("span", { class: "age" });
    if (Number.isFinite(seconds)) this.#ages.push({ place, seconds });
    return place;
  }
}

/** "satellitesUsed" as people write it. */
function words(name) {
  return String(name ?? "").replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function valueText({ value, unit } = {}) {
  if (value === true) return "yes";
  if (value === false) return "no";
  if (!Number.isFinite(value)) return String(value ?? "–");
  const digits = Number.isInteger(value) ? 0 : unit === "degree" ? 2 : 1;
  return value.toFixed(digits) + (UNITS[unit] ?? (unit ? ` ${unit}` : ""));
}
