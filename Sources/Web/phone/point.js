// The section "Point": by compass, by map, by numbers.

import { $, degrees, keep, kept, show, showAge } from "../shell/live.js";
import { DIRECTION_HINT, typedDirection } from "../rotor/typed.js";
import { whole } from "./attitude.js";
import { Compass, whyNoCompass } from "./compass.js";
import { LONGITUDE, typedAltitude, typedAngle } from "./places.js";

const WAYS = ["compass", "map", "numbers"];

const COMPASS_WORDS = {
  off: "",
  waiting: "Waiting for the compass…",
  live: "",
  refused: "The browser refused: allow motion and orientation for this page in its settings, or " +
    "open it anew.",
  absent: "This phone tells no north: it has no compass, or the browser keeps it.",
};

const STILL = "Nothing new from the compass: turn the phone a little.";

/** Points the rotor; `onOrder` is called after each order. */
export class Point {
  compass = new Compass(() => this.#compassChanged());
  #pointing;
  #hold;
  #onOrder;

  constructor({ pointing, hold, picker, onOrder }) {
    this.#pointing = pointing;
    this.#hold = hold;
    this.#onOrder = onOrder;
    this.#wireWays();
    this.#wireCompass();
    this.#wireNumbers();
    $("pick-target").addEventListener("click", async () => {
      const altitude = this.#typed("target-altitude", typedAltitude);
      if (Number.isNaN(altitude)) return;
      const place = await picker.pick({ title: "Point where?", use: "Point there" });
      if (!place) return;
      const { latitude, longitude } = place;
      this.#order({ latitude, longitude, ...(altitude === undefined ? {} : { altitude }) });
    });
  }

  /** Saves the battery: out of sight nobody aims. */
  rest() {
    this.compass.end();
  }

  render() {
    const { direction, state, accuracyWords } = this.compass;
    // Browsers tell turns only; a hand is never quite still.
    const isStill = direction.value !== null && !direction.isLive;
    const aimed = this.#aimed;
    show($("aim-azimuth"), degrees(aimed?.azimuth));
    show($("aim-elevation"), degrees(aimed?.elevation));
    showAge($("aim-age"), direction, $("aim"), !isStill);
    show($("compass-state"),
      isStill ? STILL : [COMPASS_WORDS[state], accuracyWords].join(" ").trim());
    $("point-compass").disabled = !direction.isLive || aimed === null;
    const [text, isBad] = this.#pointing.words;
    show($("point-result"), text);
    $("point-result").classList.toggle("bad", isBad);
  }

  #order(target) {
    this.#pointing.order(target);
    this.#onOrder();
    this.render();
  }

  // ---- Three ways, one at a time

  #wireWays() {
    for (const way of WAYS) {
      $(`by-${way}`).addEventListener("click", () => this.#choose(way));
    }
    const last = kept("localStorage", "point-by");
    const first = whyNoCompass() === "" ? "compass" : "map";
    this.#choose(WAYS.includes(last) ? last : first);
  }

  #choose(chosen) {
    for (const way of WAYS) {
      $(`by-${way}`).setAttribute("aria-pressed", String(way === chosen));
      $(`way-${way}`).hidden = way !== chosen;
    }
    if (chosen !== "compass") this.rest();
    keep("localStorage", "point-by", chosen);
  }

  // ---- By compass

  /** Where the phone points, from true north; null when either is not known. */
  get #aimed() {
    const direction = this.compass.direction.value;
    const declination = this.#declination();
    if (direction === null || declination === null) return null;
    return {
      azimuth: whole(direction.azimuth + declination),
      elevation: direction.elevation,
    };
  }

  #wireCompass() {
    const refusal = whyNoCompass();
    show($("why-no-compass"), refusal);
    $("why-no-compass").hidden = refusal === "";
    $("compass-parts").hidden = refusal !== "";
    $("declination").value = kept("localStorage", "declination") ?? "";
    $("declination").addEventListener("input", () => this.#declinationChanged());
    this.#declinationChanged();
    $("begin-compass").addEventListener("click", () => this.compass.begin());
    $("point-compass").addEventListener("click", () => {
      const { azimuth, elevation } = this.#aimed;
      this.#order({ azimuth: rounded(azimuth), elevation: rounded(elevation) });
    });
    this.#compassChanged();
  }

  #compassChanged() {
    const isOn = ["waiting", "live"].includes(this.compass.state);
    $("begin-compass").hidden = isOn;
    $("aim").hidden = $("point-compass").hidden = !isOn;
    this.#hold.want("compass", isOn);
  }

  /** Degrees to the east, 0 when none was typed, null when it cannot be read. */
  #declination() {
    const text = $("declination").value.trim();
    return text === "" ? 0 : typedAngle(text, LONGITUDE)?.degrees ?? null;
  }

  #declinationChanged() {
    const declination = this.#declination();
    $("declination").setAttribute("aria-invalid", String(declination === null));
    if (declination !== null) keep("localStorage", "declination", $("declination").value.trim());
    show($("north"), northWords($("declination").value.trim(), declination));
  }

  // ---- By numbers

  #wireNumbers() {
    $("numbers-form").addEventListener("submit", (event) => {
      event.preventDefault();
      const direction = typedDirection($("target-azimuth"), $("target-elevation"));
      show($("numbers-message"), direction ? "" : DIRECTION_HINT);
      if (direction) this.#order(direction);
    });
  }

  /** What a field says; NaN, and the field marked, when it cannot be read. */
  #typed(id, read) {
    const value = read($(id).value);
    $(id).setAttribute("aria-invalid", String(Number.isNaN(value)));
    return value;
  }
}

function northWords(text, declination) {
  if (declination === null) return "Declination: degrees, like 4.5 E or 2 W.";
  if (text === "") {
    return "Azimuths are from magnetic north. Type your place's declination to have true north.";
  }
  return "Azimuths are from true north: the compass with this declination.";
}

const rounded = (value) => Math.round(value * 10) / 10;
