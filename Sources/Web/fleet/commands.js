// One device's commands: a page of its history, and their output as it comes.

import { account } from "../shell/account.js";
import { Refused } from "../shell/live.js";
import { LiveSocket } from "../shell/socket.js";
import { missing } from "./rights.js";

const PAGE_SIZE = 10;
/** Without a socket the page is asked for again so often. */
const ASK_MILLISECONDS = 10000;
const ENDED = { 1008: "The right to follow this device was taken away, or it was deleted." };
const FOLLOW_RIGHTS = ["config.add_device", "config.change_device", "config.delete_device"];

/** What a device's commands are, kept up to date until `close()`. */
export class Commands {
  /** The page's commands, newest first. */
  commands = [];
  count = 0;
  page = 1;
  refusal = "";
  isLoaded = false;
  socket;

  #base;
  #onChange;
  #question = 0;
  #timer;
  /** A request that was not answered is repeated with its own key, so that it runs once. */
  #pending = null;

  constructor(device, onChange) {
    this.#base = `/api/v1/controller/device/${encodeURIComponent(device)}`;
    this.#onChange = onChange;
    const socketPath = `/ws/controller/device/${encodeURIComponent(device)}/command`;
    this.socket = new LiveSocket({
      path: () => account.socketPath(socketPath),
      ended: ENDED,
      explain: () => this.#explain(),
      onOpen: () => this.ask(),
      onMessage: (message) => this.#hear(message),
      onState: onChange,
    });
    this.socket.start();
    this.#timer = setInterval(() => this.#askIfBlind(), ASK_MILLISECONDS);
    this.ask();
  }

  get pages() {
    return Math.max(1, Math.ceil(this.count / PAGE_SIZE));
  }

  close() {
    clearInterval(this.#timer);
    this.#question += 1;
    this.#onChange = () => {};
    this.socket.close();
  }

  turn(pages) {
    this.page = Math.min(this.pages, Math.max(1, this.page + pages));
    return this.ask();
  }

  async ask() {
    const question = ++this.#question;
    try {
      const answer = await account.request(
        "GET", `${this.#base}/command/?page=${this.page}&page_size=${PAGE_SIZE}`);
      if (question !== this.#question) return;
      const listed = Array.isArray(answer?.results) ? answer.results : [];
      // What the socket has told since then is newer.
      this.commands = listed.filter(isCommand).map((command) => this.#newer(command));
      this.count = Number.isInteger(answer?.count) ? answer.count : listed.length;
      this.isLoaded = true;
      this.refusal = "";
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (question === this.#question) this.refusal = error.message;
    }
    this.#onChange();
  }

  /** The ways to the device; throws `Refused`. */
  async connections() {
    const answer = await account.request("GET", `${this.#base}/connection/?page_size=100`);
    return Array.isArray(answer?.results) ? answer.results : [];
  }

  /** Runs a command, once even when the same is sent again; throws `Refused`. */
  async run(body) {
    const text = JSON.stringify(body);
    if (this.#pending?.text !== text) this.#pending = { text, key: drawnKey() };
    try {
      const headers = { "Idempotency-Key": this.#pending.key };
      const command = await account.request("POST", `${this.#base}/command/`, { body, headers });
      this.#pending = null;
      this.page = 1;
      await this.ask();
      return command;
    } catch (error) {
      // Nobody knows whether it arrived: sent again it must be the same one.
      if (error.status !== 0) this.#pending = null;
      throw error;
    }
  }

  async #explain() {
    const lack = missing("follow a device's commands live", { rights: FOLLOW_RIGHTS });
    if (lack) throw new Refused(403, lack);
    await account.request("GET", `${this.#base}/command/?page_size=1`);
  }

  #hear(message) {
    const command = message.model === "Command" ? message.data : null;
    if (!isCommand(command)) return;
    const index = this.commands.findIndex(({ id }) => id === command.id);
    if (index >= 0) this.commands[index] = command;
    // A command of somebody else: its creation is not told.
    else if (this.page === 1 && !this.#isOnAnotherPage(command)) this.ask();
    this.#onChange();
  }

  #isOnAnotherPage({ created }) {
    const last = this.commands[PAGE_SIZE - 1];
    return last !== undefined && Date.parse(created) < Date.parse(last.created);
  }

  #newer(command) {
    const known = this.commands.find(({ id }) => id === command.id);
    return known && Date.parse(known.modified) > Date.parse(command.modified) ? known : command;
  }

  #askIfBlind() {
    if (!this.socket.isOpen && document.visibilityState === "visible") this.ask();
  }
}

function isCommand(value) {
  return typeof value?.id === "string" && typeof value.output === "string" &&
    typeof value.status === "string";
}

/** 128 random bits in letters; `randomUUID` is not there over plain HTTP. */
function drawnKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

