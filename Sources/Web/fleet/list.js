// The list beside the map: every location with its age, to be searched and chosen from.

import { $, ageText, element, show } from "../shell/live.js";

/** More rows help nobody: who looks for one of thousands types a part of its name. */
const ROWS_MOST = 100;

const WORDS = { live: "", old: "old: ", fixed: "fixed" };

/** "3 s ago", "old: 4 min ago", "fixed". */
export function ageWords(location) {
  if (location.state === "fixed") return WORDS.fixed;
  if (location.age === null) return "old: age not known";
  return WORDS[location.state] + ageText(location.age);
}

/** One row, made once and filled again and again. */
class Row {
  #location = null;
  #name = element("span", { class: "location-name" });
  #age = element("span", { class: "age" });
  #choose = element("button", { type: "button", class: "location" }, this.#name, this.#age);
  #trail = element("input", { type: "checkbox" });
  #trailName = element("span", { class: "aside" });
  element = element("li", {},
    this.#choose, element("label", { class: "trail-check" }, this.#trail, this.#trailName));

  constructor({ onChoose, onTrail }) {
    this.#choose.addEventListener("click", () => onChoose(this.#location.id));
    this.#trail.addEventListener("change", () => onTrail(this.#location.id, this.#trail.checked));
  }

  fill(location, isChosen, hasTrail) {
    this.#location = location;
    show(this.#name, location.name || "unnamed");
    show(this.#age, location.place ? ageWords(location) : "nowhere yet");
    show(this.#trailName, `Trail of ${location.name}`);
    this.element.dataset.state = location.state;
    this.element.dataset.id = location.id;
    if (isChosen) this.#choose.setAttribute("aria-current", "true");
    else this.#choose.removeAttribute("aria-current");
    this.#trail.checked = hasTrail;
    this.element.hidden = false;
  }
}

export class LocationList {
  #locations;
  #organization;
  #isTrailShown;
  #wants;
  #rows = [];
  #sorted = [];
  #sortedVersion = -1;
  /** The chosen location's id, or null. */
  chosen = null;

  constructor(locations, { organization, isTrailShown, onChoose, onTrail, onFilter }) {
    this.#locations = locations;
    this.#organization = organization;
    this.#isTrailShown = isTrailShown;
    this.#wants = { onChoose, onTrail };
    $("location-search").addEventListener("input", onFilter);
    $("location-state").addEventListener("change", onFilter);
    $("location-search").addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      const [first] = this.#matching(this.#mine());
      if (first) onChoose(first.id);
    });
  }

  /** True when it belongs to the organisation that the page is about, as far as is known. */
  isMine({ organization }) {
    const id = this.#organization.id;
    return id === null || organization === null || organization === id;
  }

  render() {
    const mine = this.#mine();
    const matching = this.#matching(mine);
    const count = Math.min(matching.length, ROWS_MOST);
    const list = $("locations-list");
    while (this.#rows.length < count) {
      const row = new Row(this.#wants);
      this.#rows.push(row);
      list.append(row.element);
    }
    this.#rows.forEach((row, index) => {
      if (index >= count) row.element.hidden = true;
      else {
        const location = matching[index];
        row.fill(location, location.id === this.chosen, this.#isTrailShown(location.id));
      }
    });
    show($("locations-count"), this.#countWords(mine, matching.length));
  }

  #countWords(mine, count) {
    const all = mine.length;
    if (all === 0) return this.#locations.isKnown ? "No location yet." : "";
    const live = mine.filter(({ state }) => state === "live").length;
    const beyond = count - ROWS_MOST;
    const more = beyond > 0 ? ` ${beyond} more match: type a part of the name.` : "";
    const full = this.#locations.isFull ? " The station has more than this page keeps." : "";
    return `${Math.min(count, ROWS_MOST)} of ${all} shown, ${live} live.${more}${full}`;
  }

  #mine() {
    return this.#inOrder().filter((location) => this.isMine(location));
  }

  #matching(mine) {
    const words = $("location-search").value.trim().toLowerCase();
    const state = $("location-state").value;
    return mine.filter((location) =>
      (words === "" || location.folded.includes(words)) &&
      (state === "" || location.state === state));
  }

  #inOrder() {
    if (this.#sortedVersion !== this.#locations.version) {
      const collator = new Intl.Collator(undefined, { numeric: true });
      this.#sorted = [...this.#locations].sort((a, b) => collator.compare(a.name, b.name));
      this.#sortedVersion = this.#locations.version;
    }
    return this.#sorted;
  }
}
