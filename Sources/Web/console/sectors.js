// Fields for the sectors that a rotor keeps out of: a row each.

import { Refused, element } from "../shell/live.js";
import { typedDegrees } from "../rotor/typed.js";

/** As many as the station takes. */
const MOST = 8;
/** A sector without elevations reaches as low and as high as there is sky. */
const ALL_ELEVATIONS = { min_elevation: -90, max_elevation: 90 };
const FIELDS = {
  min_azimuth: "azimuth from", max_azimuth: "azimuth to",
  min_elevation: "elevation from", max_elevation: "elevation to",
};

export class SectorFields {
  #list;
  #add;
  #onChange;

  /** `list` is an `ul`, `add` the button for another row; `onChange()` when one is gone. */
  constructor(list, add, onChange) {
    this.#list = list;
    this.#add = add;
    this.#onChange = onChange;
    add.addEventListener("click", () => {
      this.#append({}).querySelector("input").focus();
    });
  }

  /** Shows these sectors, as the station lists them, and no others. */
  fill(sectors) {
    this.#list.replaceChildren();
    for (const sector of Array.isArray(sectors) ? sectors : []) this.#append(sector);
    this.#number();
  }

  /** The sectors as typed so far; rows that cannot be read are left out. */
  get draft() {
    return [...this.#list.children].map(typedSector).filter((sector) =>
      Object.values(sector).every(Number.isFinite));
  }

  /** The sectors as the station takes them; throws `Refused`, with the focus on what is wrong. */
  read() {
    return [...this.#list.children].map((row) => {
      const sector = typedSector(row);
      const wrong = Object.keys(FIELDS).find((name) => !Number.isFinite(sector[name]));
      if (!wrong) return sector;
      const input = fieldOf(row, wrong);
      input.setAttribute("aria-invalid", "true");
      input.focus();
      throw new Refused(0, `${input.getAttribute("aria-label")}: a number of degrees.`);
    });
  }

  #append(sector) {
    const fields = Object.keys(FIELDS).map((name) => {
      const isAll = sector[name] === ALL_ELEVATIONS[name];
      const input = element("input", {
        type: "text", inputmode: "decimal", autocomplete: "off", "data-name": name,
        placeholder: name in ALL_ELEVATIONS ? "all" : "",
      });
      input.value = isAll || sector[name] === undefined ? "" : String(sector[name]);
      input.addEventListener("input", () => input.removeAttribute("aria-invalid"));
      return input;
    });
    const remove = element("button", { type: "button", class: "quiet" }, "✕");
    const row = element("li", { class: "sector" },
      element("span", {}, "Azimuth ", fields[0], " to ", fields[1]),
      element("span", {}, "elevation ", fields[2], " to ", fields[3]), remove);
    remove.addEventListener("click", () => {
      const next = row.nextElementSibling ?? row.previousElementSibling;
      row.remove();
      this.#number();
      (next?.querySelector("button") ?? this.#add).focus();
      this.#onChange();
    });
    this.#list.append(row);
    this.#number();
    return row;
  }

  #number() {
    [...this.#list.children].forEach((row, index) => {
      for (const [name, words] of Object.entries(FIELDS)) {
        fieldOf(row, name).setAttribute("aria-label", `Sector ${index + 1}: ${words}`);
      }
      row.querySelector("button").setAttribute("aria-label", `Remove sector ${index + 1}`);
    });
    this.#add.disabled = this.#list.children.length >= MOST;
  }
}

const fieldOf = (row, name) => row.querySelector(`[data-name="${name}"]`);

/** A row's numbers; NaN for what cannot be read, all elevations where none is typed. */
function typedSector(row) {
  return Object.fromEntries(Object.keys(FIELDS).map((name) => {
    const text = fieldOf(row, name).value;
    return [name, text.trim() === "" ? ALL_ELEVATIONS[name] ?? NaN : typedDegrees(text)];
  }));
}
