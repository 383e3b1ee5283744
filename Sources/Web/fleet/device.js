// The chosen device: how it is reached, what it was told, and what it says to that.

import { announce } from "../shell/connection.js";
import { $, Refused, ageText, element, sentence, show, stationClock } from "../shell/live.js";
import { Rows } from "../shell/rows.js";
import { timeText } from "../shell/times.js";
import { DIRECTION_HINT, typedDirection } from "../rotor/typed.js";
import { Commands } from "./commands.js";
import { howLongText } from "./leases.js";
import { Output } from "./output.js";
import { people } from "./people.js";
import { missing } from "./rights.js";

const STATUS = { "in-progress": "running", success: "done", failed: "failed" };
/** The drivers of what may turn. */
const TURNING = new Set(["rotctld", "simulated"]);
/** Which field of the form a type of command takes; others take none. */
const FIELDS = { custom: "command", change_password: "password", point: "direction" };

class CommandRow {
  #title = element("h4");
  #status = element("span", { class: "command-status" });
  #age = element("span", { class: "age" });
  #output = new Output();
  element = element("li", {},
    element("div", { class: "title" }, this.#title, this.#status, this.#age),
    this.#output.element);

  update(command) {
    show(this.#title, commandText(command));
    show(this.#status, STATUS[command.status] ?? command.status);
    show(this.#age, timeText(Date.parse(command.created), true));
    this.#output.fill(command.output);
    this.element.dataset.id = command.id;
    this.element.dataset.status = command.status;
  }
}

/** "uptime", "Point Rotor: az 10, el 20", "Reboot". */
function commandText({ type, input }) {
  if (typeof input?.command === "string") return input.command;
  if (Number.isFinite(input?.azimuth)) return `${type}: az ${input.azimuth}, el ${input.elevation}`;
  return String(type);
}

export class DeviceView {
  #holdings;
  #board;
  #commands = null;
  #rows = null;
  #connections = null;
  #connectionsRefusal = "";
  #isDrawn = true;
  /** The device, or null. */
  device = null;

  constructor(holdings, board, onClose) {
    this.#holdings = holdings;
    this.#board = board;
    $("device-close").addEventListener("click", onClose);
    $("command-type").addEventListener("change", () => this.#showFields());
    $("command-older").addEventListener("click", () => this.#commands?.turn(1));
    $("command-newer").addEventListener("click", () => this.#commands?.turn(-1));
    $("device-take").addEventListener("click", () => this.#take());
    $("device-stop").addEventListener("click", () => this.#run({ type: "stop", input: null }));
    $("command-form").addEventListener("submit", (event) => {
      event.preventDefault();
      const body = this.#typedCommand();
      if (body) this.#run(body);
    });
    this.#showFields();
  }

  choose(device) {
    if (device?.id === this.device?.id) return;
    this.device = device;
    this.#commands?.close();
    this.#commands = null;
    this.#connections = null;
    $("command-list").replaceChildren();
    show($("command-message"), "");
    show($("device-message"), "");
    $("device-detail").hidden = device === null;
    if (!device) return;
    show($("device-name"), String(device.name));
    this.#rows = new Rows($("command-list"), () => new CommandRow());
    this.#commands = new Commands(device.id, () => this.#soon());
    this.#askConnections(this.#commands);
    this.render();
  }

  /** Messages come faster than anybody reads: they are drawn once a frame. */
  #soon() {
    if (!this.#isDrawn) return;
    this.#isDrawn = false;
    requestAnimationFrame(() => {
      this.#isDrawn = true;
      this.render();
    });
  }

  render() {
    if (!this.device || !this.#commands) return;
    const lease = this.#holdings.leaseOf(this.device.id);
    show($("device-lease"), lease ? `${people.name(lease.user)}, ${howLongText(lease)}` : "free");
    $("device-take").hidden = lease !== null;
    show($("device-take"), this.#board.takeText);
    $("device-stop").hidden = !(this.#connections ?? []).some(({ driver }) => TURNING.has(driver));
    show($("device-ways"), this.#waysText());
    show($("device-follow"), this.#followText());
    const { commands, page, pages, refusal, isLoaded, count } = this.#commands;
    this.#rows.show(commands);
    const last = commands[0];
    show($("device-heard"), page > 1 ? "see the first page" : last ? this.#lastText(last) : "–");
    show($("commands-refusal"), sentence(refusal));
    show($("commands-none"), isLoaded && count === 0 ? "It was told nothing yet." : "");
    show($("command-page"), `Page ${page} of ${pages}`);
    $("command-pages").hidden = pages < 2;
    $("command-newer").disabled = page <= 1;
    $("command-older").disabled = page >= pages;
    const lack = missing("run commands", { rights: ["config.change_device"] });
    show($("command-lack"), lack);
    $("command-run").disabled = lack !== "";
  }

  #lastText({ status, modified, output }) {
    const seconds = Math.max(0, (stationClock.now() - Date.parse(modified)) / 1000);
    const lines = output.trimEnd().split("\n");
    const why = status === "failed" ? `: ${lines[lines.length - 1]}` : "";
    return `last command ${STATUS[status] ?? status} ${ageText(seconds)}${why}`;
  }

  #waysText() {
    if (this.#connectionsRefusal) return sentence(this.#connectionsRefusal);
    if (!this.#connections) return "…";
    if (this.#connections.length === 0) return "none: nothing can be run on it";
    return this.#connections.map(wayText).join("; ");
  }

  #followText() {
    const { socket } = this.#commands;
    switch (socket.state) {
      case "open": return "live";
      case "waiting":
        return `not live. ${sentence(socket.reason)} Again in ${socket.retrySeconds} s.`;
      case "ended": return `not live, asked for every few seconds. ${sentence(socket.reason)}`;
      default: return "connecting…";
    }
  }

  async #askConnections(commands) {
    this.#connectionsRefusal = "";
    try {
      const connections = await commands.connections();
      if (commands === this.#commands) this.#connections = connections;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (commands === this.#commands) this.#connectionsRefusal = error.message;
    }
    this.#fillConnections();
    this.#soon();
  }

  #fillConnections() {
    const options = (this.#connections ?? []).map((way) => new Option(wayText(way), way.id));
    $("command-connection").replaceChildren(new Option("the first that can do it", ""), ...options);
  }

  async #take() {
    const isTaken = await this.#board.take(this.device.id, $("device-message"));
    if (isTaken) this.render();
  }

  // ---- Running a command

  #showFields() {
    const wanted = FIELDS[$("command-type").value];
    for (const field of Object.values(FIELDS)) {
      $(`command-${field}-row`).hidden = field !== wanted;
    }
  }

  /** What the form says, or null when something is missing. */
  #typedCommand() {
    const type = $("command-type").value;
    const input = this.#typedInput(type);
    if (input === undefined) return null;
    const body = { type, input };
    if ($("command-connection").value) body.connection = $("command-connection").value;
    if ($("command-expires").value) body.expires_in = Number($("command-expires").value);
    return body;
  }

  #typedInput(type) {
    switch (type) {
      case "custom": return this.#text("command", (command) => ({ command }), "Type a command.");
      case "change_password":
        return this.#text("password", (password) => ({ password }), "Type a new password.");
      case "point": return this.#direction();
      default: return null;
    }
  }

  #text(field, make, words) {
    const text = $(`command-${field}`).value;
    if (text.trim()) return make(text);
    show($("command-message"), words);
    $(`command-${field}`).focus();
    return undefined;
  }

  #direction() {
    const direction = typedDirection($("command-azimuth"), $("command-elevation"));
    if (direction) return direction;
    show($("command-message"), DIRECTION_HINT);
    return undefined;
  }

  async #run(body) {
    const message = $("command-message");
    const commands = this.#commands;
    if (!commands) return;
    show(message, "");
    $("command-run").disabled = true;
    try {
      await commands.run(body);
      if (commands !== this.#commands) return;
      if (body.type === "change_password") $("command-password").value = "";
      announce("The station has taken the command.");
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const again = error.status === 0 ? " Run it again: it will not run twice." : "";
      if (commands === this.#commands) show(message, sentence(error.message) + again);
    }
    this.render();
  }
}

/** "ssh root@10.0.0.2:22", "simulated". */
function wayText({ driver, parameters }) {
  const { host, port, username } = parameters ?? {};
  const where = [username ? `${username}@` : "", host ?? "", port ? `:${port}` : ""].join("");
  return `${driver} ${where}`.trim();
}
