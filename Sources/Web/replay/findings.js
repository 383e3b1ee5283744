// What a simulation did to the station and expected of it, as a list that leads to the moments.

import { $, element } from "../shell/live.js";
import { clockText } from "./times.js";

const MOST_LISTED = 200;
const STATES = { met: "✓ met", failed: "✗ failed" };

/** Fills the list; `onMoment(time)` is called for a button of it. */
export function showFindings(scene, onMoment) {
  const findings = [
    ...scene.faults.map(({ name, from }) => ({ at: from, words: `▒ fault: ${name}` })),
    ...scene.expectations.map(({ name, at, state }) =>
      ({ at, words: `${STATES[state] ?? `… ${state}`}: ${name}`, isBad: state === "failed" })),
  ].sort((a, b) => a.at - b.at);
  $("findings").hidden = findings.length === 0;
  const items = findings.slice(0, MOST_LISTED).map(({ at, words, isBad }) => {
    const time = clockText(scene.wallClock(at), 1);
    const button = element("button", { type: "button", class: "quiet" }, `${time} ${words}`);
    if (isBad) button.classList.add("bad");
    button.addEventListener("click", () => onMoment(at));
    return element("li", {}, button);
  });
  const rest = findings.length - items.length;
  if (rest > 0) items.push(element("li", { class: "hint" }, `and ${rest} later ones`));
  $("finding-list").replaceChildren(...items);
}
