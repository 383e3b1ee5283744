// The table of devices: what they are, and who has them until when.

import { $, element, sentence, show, showAge } from "../shell/live.js";
import { Rows } from "../shell/rows.js";
import { leftText } from "./leases.js";
import { people } from "./people.js";

/** More rows help nobody: who looks for one of many types a part of its name. */
const ROWS_MOST = 100;

class DeviceRow {
  #device = null;
  #choose = element("button", { type: "button", class: "link" });
  #cells = [element("td"), element("td"), element("td"), element("td"), element("td")];
  element = element("tr", {}, element("th", { scope: "row" }, this.#choose), ...this.#cells);

  constructor(onChoose) {
    this.#choose.addEventListener("click", () => onChoose(this.#device));
  }

  fill(device, lease, isChosen) {
    this.#device = device;
    show(this.#choose, String(device.name));
    const holder = lease ? people.name(lease.user) : device.leased ? "somebody" : "free";
    const texts = [
      device.platform, device.type, device.osVersion, holder, lease ? leftText(lease) : "",
    ];
    texts.forEach((text, index) => show(this.#cells[index], String(text || "–")));
    this.element.dataset.id = device.id;
    this.element.classList.toggle("leased", Boolean(device.leased));
    if (isChosen) this.#choose.setAttribute("aria-current", "true");
    else this.#choose.removeAttribute("aria-current");
  }
}

export class DeviceTable {
  #holdings;
  #rows;
  /** The chosen device's id, or null. */
  chosen = null;

  constructor(holdings, onChoose) {
    this.#holdings = holdings;
    this.#rows = new Rows($("devices-list"), () => {
      const row = new DeviceRow(onChoose);
      const update = (device) =>
        row.fill(device, holdings.leaseOf(device.id), device.id === this.chosen);
      return { element: row.element, update };
    });
    $("device-search").addEventListener("input", () => this.render());
  }

  render() {
    const devices = this.#holdings.devices;
    const words = $("device-search").value.trim().toLowerCase();
    const matching = (devices.value ?? []).filter((device) =>
      [device.name, device.platform, device.type, device.osVersion]
        .join(" ").toLowerCase().includes(words));
    this.#rows.show(matching.slice(0, ROWS_MOST));
    $("devices-table").hidden = matching.length === 0;
    show($("devices-count"), this.#countWords(matching.length));
    show($("devices-message"), sentence(this.#holdings.refusal));
    showAge($("devices-age"), devices, $("devices"), true);
  }

  #countWords(count) {
    const all = this.#holdings.devices.value?.length;
    if (all === undefined) return "";
    if (all === 0) return "This organisation has no device yet.";
    const beyond = count - ROWS_MOST;
    const more = beyond > 0 ? ` ${beyond} more match: type a part of the name.` : "";
    return `${count === all ? all : `${count} of ${all}`} shown.${more}`;
  }
}
