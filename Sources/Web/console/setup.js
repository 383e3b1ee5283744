// Setting rotors up: how each is reached, how far it turns, and where it must not go. What is typed
// is drawn on the plot before it is saved.

import { account } from "../shell/account.js";
import { attempt, say, surely } from "../shell/act.js";
import { $, Refused, element, show } from "../shell/live.js";
import { typedDegrees } from "../rotor/typed.js";
import { SectorFields } from "./sectors.js";

/** What a rotor has until something else is typed: that of most. */
const NEW = {
  name: "", driver: "rotctld", rotor_type: "azel", host: "127.0.0.1", port: 4533,
  min_azimuth: 0, max_azimuth: 360, min_elevation: 0, max_elevation: 90,
  park_az: 0, park_el: 0, deadband: 1,
};
const TEXTS = ["name", "driver", "rotor_type", "host"];

export class RotorSetup {
  #rotor = null;
  #sectors;
  #onDraft;
  #onSaved;

  /**
   * `chosen()` gives the chosen rotor as the station lists it, or null; `onDraft()` is called when
   * `draft` has changed, `onSaved(rotor)` with what was saved, or with null when it was deleted.
   */
  constructor({ chosen, onDraft, onSaved }) {
    this.#onDraft = onDraft;
    this.#onSaved = onSaved;
    this.#sectors = new SectorFields(
      $("setup-sectors"), $("setup-add-sector"), () => this.#changed());
    $("add-rotor").addEventListener("click", () => this.#open(null));
    $("change-rotor").addEventListener("click", () => this.#open(chosen()));
    $("setup-cancel").addEventListener("click", () => this.close());
    $("setup-form").addEventListener("input", ({ target }) => {
      target.removeAttribute("aria-invalid");
      this.#changed();
    });
    $("setup-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#do($("setup-save"), () => this.#save());
    });
    surely($("setup-delete"), "Really delete it?", () =>
      this.#do($("setup-delete"), () => this.#delete()));
    account.follow(() => { if (!account.bearer) this.close(); });
  }

  /** The limits of the rotor as typed so far; null while nothing is set up. */
  get draft() {
    if ($("setup").hidden) return null;
    const numbers = degreeFields().map((field) => [field.dataset.key, typedDegrees(field.value)]);
    return { ...Object.fromEntries(numbers), keep_out: this.#sectors.draft };
  }

  close() {
    if ($("setup").hidden) return;
    $("setup").hidden = true;
    this.#onDraft();
    $(this.#rotor ? "change-rotor" : "add-rotor").focus();
  }

  #open(rotor) {
    this.#rotor = rotor;
    const values = { ...NEW, ...rotor };
    for (const field of fields()) {
      field.value = String(values[field.dataset.key] ?? "");
      field.removeAttribute("aria-invalid");
    }
    this.#sectors.fill(values.keep_out);
    this.#fillDevices(values.device ?? "");
    show($("setup-title"), rotor ? `Settings of ${rotor.name}` : "Add a rotor");
    $("setup-delete").hidden = !rotor;
    say($("setup-message"), "");
    $("setup").hidden = false;
    this.#changed();
    // No dialog: the browser lays those above the red of the night.
    $("setup").scrollIntoView({ block: "nearest" });
    $("setup-name").focus();
  }

  /** The devices that can be leased; the one that it has now is there at once. */
  async #fillDevices(device) {
    const select = $("setup-device");
    const fill = (devices) => {
      select.replaceChildren(
        element("option", { value: "" }, "no device"),
        ...devices.map(({ id, name }) => element("option", { value: id }, String(name))));
      select.value = device;
    };
    const current = device === "" ? [] : [{ id: device, name: device }];
    fill(current);
    try {
      const answer = await account.request("GET", "/api/v1/devices");
      const devices = (Array.isArray(answer) ? answer : answer?.data ?? [])
        .filter(({ id }) => typeof id === "string");
      const isChanged = select.value !== device;
      const isThere = device === "" || devices.some(({ id }) => id === device);
      if (!isChanged) fill(isThere ? devices : [...current, ...devices]);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      say($("setup-message"), `Devices: ${error.message}`, true);
    }
  }

  /** What fits the driver and the axes is shown, and on the plot what is typed. */
  #changed() {
    const isSimulated = $("setup-driver").value === "simulated";
    for (const part of document.querySelectorAll(".rotctld-only")) part.hidden = isSimulated;
    const isFlat = $("setup-type").value === "az";
    for (const part of document.querySelectorAll(".azel-only")) part.hidden = isFlat;
    this.#onDraft();
  }

  async #do(button, work) {
    if (await attempt(button, $("setup-message"), work)) this.close();
  }

  async #save() {
    const body = this.#body();
    const [method, path] = this.#rotor ? ["PUT", pathOf(this.#rotor)] : ["POST", "/api/rotors"];
    try {
      this.#onSaved(await account.request(method, path, { body }));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      throw new Refused(error.status, inTheseWords(error.message));
    }
  }

  async #delete() {
    await account.request("DELETE", pathOf(this.#rotor));
    // What had the focus is gone with it.
    this.#rotor = null;
    this.#onSaved(null);
  }

  #body() {
    const body = {};
    for (const key of TEXTS) body[key] = fieldOf(key).value.trim();
    const port = fieldOf("port");
    const isPort = /^\d{1,5}$/.test(port.value.trim());
    if (!isPort) refuse(port, "a number from 1 to 65535.");
    body.port = Number(port.value);
    for (const field of degreeFields()) {
      const degrees = typedDegrees(field.value);
      if (!Number.isFinite(degrees)) refuse(field, "a number of degrees.");
      body[field.dataset.key] = degrees;
    }
    body.keep_out = this.#sectors.read();
    const device = fieldOf("device").value;
    body.device = device === "" ? null : device;
    return body;
  }
}

const pathOf = ({ id }) => `/api/rotors/${encodeURIComponent(id)}`;
const fields = () => [...document.querySelectorAll("#setup-form [data-key]")];
const degreeFields = () => [...document.querySelectorAll("#setup-form .degrees")];
const fieldOf = (key) => document.querySelector(`#setup-form [data-key="${key}"]`);
const nameOf = (field) => field.labels[0].textContent;

function refuse(field, wanted) {
  field.setAttribute("aria-invalid", "true");
  field.focus();
  throw new Refused(0, `${nameOf(field)}: ${wanted}`);
}

/** The station's words, with the names that stand on this form. */
function inTheseWords(message) {
  const names = degreeFields().map((field) => [field.dataset.key, `“${nameOf(field)}”`]);
  return [...names, ["keep_out", "keep-out"]].reduce((words, [key, name]) =>
    words.replaceAll(new RegExp(`\\b${key}\\b`, "g"), name), message);
}
