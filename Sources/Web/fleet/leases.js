// Who has what: leases with a countdown by the station's clock, and why the ended ones ended.

import { account } from "../shell/account.js";
import { announce } from "../shell/connection.js";
import { $, Refused, element, sentence, show, stationClock } from "../shell/live.js";
import { Rows } from "../shell/rows.js";
import { countdownText, timeText } from "../shell/times.js";
import { organization } from "./organization.js";
import { people } from "./people.js";

const REASONS = {
  released: "released by its holder",
  expired: "its time was over",
  revoked: "taken back by a manager",
  heartbeat_lost: "nothing was heard of its holder",
  handed_over: "handed over",
};

/** The last part of a lease is marked as ending, in seconds. */
const ENDING_SECONDS = 60;

/** "1:02:00", "no end". */
export function leftText({ expiresAt }) {
  const seconds = stationClock.secondsUntil(expiresAt);
  if (seconds === null) return "no end";
  return seconds > 0 ? countdownText(seconds) : "ending…";
}

/** "for 1:02:00", "until it is released". */
export function howLongText(lease) {
  return lease.expiresAt ? `for ${leftText(lease)}` : "until it is released";
}

const momentText = (time) => timeText(Date.parse(time ?? ""), true);

class HeldRow {
  #lease = null;
  #device = element("th", { scope: "row" });
  #user = element("span", { class: "holder" });
  #since = element("span", { class: "since" });
  #left = element("td", { class: "countdown" });
  #release = element("button", { type: "button", class: "small release" });
  #beat = element("button", { type: "button", class: "small quiet beat" }, "I am here");
  #handOver = element("button", { type: "button", class: "small quiet hand-over" }, "Hand over…");
  element = element("tr", {},
    this.#device, element("td", {}, this.#user, this.#since), this.#left,
    element("td", { class: "actions" },
      element("div", {}, this.#release, this.#handOver, this.#beat)));

  constructor({ onRelease, onHandOver, onBeat }) {
    this.#release.addEventListener("click", () => onRelease(this.#lease));
    this.#handOver.addEventListener("click", () => onHandOver(this.#lease));
    this.#beat.addEventListener("click", () => onBeat(this.#lease));
  }

  fill(lease, isKept) {
    this.#lease = lease;
    const isMine = people.isMe(lease.user);
    const seconds = stationClock.secondsUntil(lease.expiresAt);
    show(this.#device, String(lease.device.name));
    show(this.#user, people.name(lease.user));
    show(this.#since, momentText(lease.createdAt));
    show(this.#left, isKept ? `${leftText(lease)}, kept by this page` : leftText(lease));
    show(this.#release, isMine ? "Release" : "Take back");
    this.#left.classList.toggle("ending", seconds !== null && seconds <= ENDING_SECONDS);
    this.element.dataset.id = lease.id;
    this.element.classList.toggle("mine", isMine);
    this.#release.hidden = this.#handOver.hidden = !isMine && !organization.isManaged;
    this.#beat.hidden = !isMine;
    for (const button of [this.#release, this.#handOver, this.#beat]) {
      button.setAttribute("aria-label", `${button.textContent} ${lease.device.name}`);
    }
  }
}

class EndedRow {
  #cells = [
    element("th", { scope: "row" }), element("td"), element("td", { class: "time" }),
    element("td", { class: "time" }), element("td"),
  ];
  element = element("tr", {}, ...this.#cells);

  update(lease) {
    const { device, user, createdAt, releasedAt, endReason } = lease;
    const texts = [
      String(device.name), people.name(user), momentText(createdAt), momentText(releasedAt),
      REASONS[endReason] ?? String(endReason ?? "not told"),
    ];
    texts.forEach((text, index) => show(this.#cells[index], text));
  }
}

export class LeaseBoard {
  #holdings;
  #handedOver = null;
  #held;
  #ended = new Rows($("ended-leases"), () => new EndedRow());

  constructor(holdings) {
    this.#holdings = holdings;
    const acts = {
      onRelease: (lease) => this.#release(lease),
      onHandOver: (lease) => this.#askForHeir(lease),
      onBeat: (lease) => this.#beat(lease),
    };
    this.#held = new Rows($("held-leases"), () => {
      const row = new HeldRow(acts);
      const update = (lease) => row.fill(lease, holdings.isKept(lease));
      return { element: row.element, update };
    });
    $("lease-older").addEventListener("click", () => holdings.older());
    $("lease-newer").addEventListener("click", () => holdings.newer());
    $("take-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.take($("take-device").value);
    });
    $("hand-over-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#handOver($("hand-over-user").value.trim());
    });
    $("hand-over-cancel").addEventListener("click", () => this.#closeHandOver());
  }

  render() {
    const { held, ended, devices } = this.#holdings;
    this.#held.show(held);
    this.#ended.show(ended);
    $("held-table").hidden = held.length === 0;
    const isKnown = devices.value !== null;
    show($("held-none"), held.length === 0 && isKnown ? "Nobody has a device now." : "");
    $("ended-details").hidden = ended.length === 0 && !this.#holdings.hasNewer;
    $("lease-older").disabled = !this.#holdings.hasOlder;
    $("lease-newer").disabled = !this.#holdings.hasNewer;
    this.#fillDevices(devices.value ?? []);
    this.#fillPeople();
    const isReader = organization.role === "readonly" && !account.me?.superuser;
    $("take").disabled = isReader || $("take-device").value === "";
    show($("take-hint"),
      isReader ? "A readonly member of the organisation may not take devices." : "");
  }

  /** Takes a device for the duration that the form says; gives true when it is the user's. */
  async take(device, message = $("lease-message")) {
    show(message, "");
    if (!device) return false;
    return this.#try(message, async () => {
      const lease = await this.#holdings.take(device, {
        duration: Number($("take-duration").value) || undefined,
        endsWithPage: $("take-heartbeat").checked,
      });
      if (lease?.device) announce(`${lease.device.name} is yours ${howLongText(lease)}.`);
    });
  }

  /** "Take it for 1 hour", as the form says. */
  get takeText() {
    const { value, selectedOptions } = $("take-duration");
    const words = selectedOptions[0]?.textContent ?? "";
    return value ? `Take it for ${words}` : `Take it ${words}`;
  }

  #release(lease) {
    return this.#try($("lease-message"), async () => {
      const { device, endReason } = await this.#holdings.release(lease);
      announce(`${device?.name}: ${REASONS[endReason] ?? "it was ended"}.`);
    });
  }

  #beat(lease) {
    return this.#try($("lease-message"), async () => {
      await this.#holdings.beat(lease);
      announce(`The station has heard that you still use ${lease.device.name}.`);
    });
  }

  #askForHeir(lease) {
    this.#handedOver = lease;
    show($("hand-over-device"), String(lease.device.name));
    $("hand-over-form").hidden = false;
    $("hand-over-user").focus();
  }

  async #handOver(user) {
    const lease = this.#handedOver;
    if (!lease || !user) return;
    const isDone = await this.#try($("lease-message"), async () => {
      await this.#holdings.handOver(lease, user);
      announce(`${lease.device.name} was handed over to ${user}.`);
    });
    if (isDone) this.#closeHandOver();
  }

  #closeHandOver() {
    this.#handedOver = null;
    $("hand-over-form").hidden = true;
    $("hand-over-user").value = "";
  }

  /** Does something and shows a refusal in the station's words. */
  async #try(message, act) {
    show(message, "");
    try {
      await act();
      return true;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      show(message, sentence(error.message));
      return false;
    }
  }

  #fillDevices(devices) {
    const free = devices.filter(({ leased }) => !leased);
    const select = $("take-device");
    const key = JSON.stringify(free.map(({ id, name }) => [id, name]));
    if (select.dataset.key === key) return;
    select.dataset.key = key;
    const wanted = select.value;
    const options = free.map(({ id, name }) => new Option(String(name), id));
    if (options.length === 0) options.push(new Option("– none is free –", ""));
    select.replaceChildren(...options);
    if (free.some(({ id }) => id === wanted)) select.value = wanted;
  }

  #fillPeople() {
    const list = $("people");
    const all = people.all;
    if (list.children.length === all.length) return;
    list.replaceChildren(...all.map((email) => element("option", { value: email })));
  }
}
