// Everything about one entry, with what it followed from and what followed from it.

import { element } from "../shell/live.js";
import { objectIn, parseExactly } from "./plaintext.js";
import { KIND_WORDS } from "./scene.js";
import { clockText, engineText } from "./times.js";

const MOST_EFFECTS = 12;
/** What of an entry is again JSON, which reads better unpacked. */
const PACKED = ["text", "frame", "body", "settings", "received"];

export class EntryDetails {
  #box;
  #onChoose;
  #entry = null;

  /** `onChoose(entry)` is called for a cause or an effect. */
  constructor(box, onChoose) {
    this.#box = box;
    this.#onChoose = onChoose;
  }

  show(scene, entry) {
    if (entry === this.#entry) return;
    this.#entry = entry;
    if (!entry) {
      const hint = "Nothing is listed before this moment.";
      this.#box.replaceChildren(element("p", { class: "hint" }, hint));
      return;
    }
    const lanes = entry.lanes.map((lane) => scene.lanes[lane].name).join(", ");
    this.#box.replaceChildren(
      element("h3", {}, `${KIND_WORDS[entry.kind].sign} ${lanes}`),
      element("p", { class: "detail-summary" }, entry.summary),
      facts(scene, entry),
      ...this.#causes(scene, entry),
      element("pre", { tabindex: "0", "aria-label": "The entry as it was recorded" },
        unpacked(entry.content)));
  }

  #causes(scene, entry) {
    const cause = scene.causeOf(entry);
    const effects = scene.effectsOf(entry);
    const parts = [];
    if (cause) {
      const words = entry.isOfSameEvent ? "Followed from" : "Came after, in the same turn";
      parts.push(this.#links(words, [cause], "cause"));
    }
    if (effects.length > 0) {
      parts.push(this.#links("Followed from it", effects.slice(0, MOST_EFFECTS), "effect"));
    }
    if (effects.length > MOST_EFFECTS) {
      parts.push(element("p", { class: "hint" }, `and ${effects.length - MOST_EFFECTS} more`));
    }
    return parts;
  }

  #links(words, entries, name) {
    const items = entries.map((entry) => {
      const text = `${KIND_WORDS[entry.kind].sign} ${entry.summary}`;
      const button = element("button", { type: "button", class: `quiet ${name}` }, text);
      button.addEventListener("click", () => this.#onChoose(entry));
      return element("li", {}, button);
    });
    return element("div", { class: "links" },
      element("h4", {}, words), element("ul", {}, ...items));
  }
}

function facts(scene, entry) {
  const list = [
    ["Clock", `${clockText(scene.wallClock(entry.at), 3)} UTC`],
    ["Engine time", engineText(entry.at, 6)],
    ["Event", `${entry.event}, turn ${entry.turn}`],
    ["Line", `${entry.line}, ${KIND_WORDS[entry.kind].words}`],
  ];
  return element("dl", {}, ...list.map(([name, value]) =>
    element("div", {}, element("dt", {}, name), element("dd", {}, value))));
}

/** The content over several lines, JSON within texts included; as it is when it was cut. */
function unpacked(content) {
  if (!objectIn(content)) return content;
  const json = parseExactly(content);
  for (const key of PACKED) json[key] = objectIn(json[key]) ?? json[key];
  return JSON.stringify(json, null, 1);
}
