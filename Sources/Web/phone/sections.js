// The page's sections: on a phone one at a time, on a wide screen all beside each other.

import { $, keep, kept } from "../shell/live.js";

const NAMES = ["rotor", "share", "point", "abilities"];
const KEY = "section";

/** The buttons `to-NAME` choose among the elements `section-NAME`. */
export class Sections {
  current = null;
  #onChange;

  constructor(onChange) {
    this.#onChange = onChange;
    for (const name of NAMES) $(`to-${name}`).addEventListener("click", () => this.choose(name));
    const last = kept("sessionStorage", KEY);
    this.choose(NAMES.includes(last) ? last : NAMES[0]);
  }

  choose(chosen) {
    this.current = chosen;
    for (const name of NAMES) {
      const button = $(`to-${name}`);
      if (name === chosen) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
      $(`section-${name}`).classList.toggle("chosen", name === chosen);
    }
    document.body.dataset.section = chosen;
    window.scrollTo(0, 0);
    keep("sessionStorage", KEY, chosen);
    this.#onChange(chosen);
  }
}
