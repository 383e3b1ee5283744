// Webhooks: who else is told, and whether it arrived.

import { attempt, say, surely } from "../shell/act.js";
import { $, Refused, element, show } from "../shell/live.js";
import { Rows } from "../shell/rows.js";
import { timeText } from "../shell/times.js";
import { host } from "./access.js";

const EVENTS = {
  "game.added": "a game is added",
  "session.started": "a night begins",
  "session.ended": "a night ends",
};
const STATES = { waiting: "not yet", delivered: "arrived", failed: "given up" };

/** Deliveries that are shown. */
const MOST_DELIVERIES = 10;
/** How often and how long a test's outcome is asked for: the other side may take ten seconds. */
const ASK_MILLISECONDS = 1000;
const ASK_TIMES = 12;

/** Keeps the card alive; it asks when it is opened by a host. */
export function followWebhooks() {
  const rows = new Rows($("hooks"), (hook) => new HookRow(hook, load));

  async function load() {
    if (!host.bearer || !$("webhooks").open) return;
    try {
      const answer = await host.request("GET", "api/webhooks");
      const hooks = (Array.isArray(answer) ? answer : []).filter(({ id }) => Number.isInteger(id));
      rows.show(hooks, ({ id }) => id);
      $("no-hooks").hidden = hooks.length > 0;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      say($("hook-message"), error.message, true);
    }
  }

  $("webhooks").addEventListener("toggle", load);
  host.follow(load);
  $("hook-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await attempt($("add-hook"), $("hook-message"), add)) load();
  });
}

async function add() {
  const events = [...document.querySelectorAll("input[name='hook-event']:checked")]
    .map(({ value }) => value);
  await host.request("POST", "api/webhooks", {
    body: {
      name: $("hook-name").value.trim(), url: $("hook-url").value.trim(),
      secret: $("hook-secret").value, events,
    },
  });
  $("hook-form").reset();
}

class HookRow {
  element;
  #hook;
  #name = element("strong");
  #facts = element("span", { class: "hint" });
  #isOn = element("input", { type: "checkbox" });
  #log = element("ul", { class: "small" });
  #message = element("p", { class: "message", role: "status" });

  constructor(hook, changed) {
    this.#hook = hook;
    const path = `api/webhooks/${hook.id}`;
    const button = (words) => element("button", { type: "button", class: "quiet" }, words);
    const [test, log, remove] = [button("Test"), button("Deliveries"), button("Delete")];
    const on = element("label", { class: "check" }, this.#isOn, "on");
    this.element = element("li", { id: `hook-${hook.id}` },
      element("div", { class: "line" },
        element("span", { class: "what" }, this.#name, " ", this.#facts), on, test, log, remove),
      this.#message, this.#log);
    test.addEventListener("click", () => attempt(test, this.#message, () => this.#test()));
    log.addEventListener("click", () => attempt(log, this.#message, () => this.#showLog()));
    this.#isOn.addEventListener("change", async () => {
      const body = { enabled: this.#isOn.checked };
      await attempt(on, this.#message, () => host.request("PATCH", path, { body }));
      changed();
    });
    surely(remove, "Really delete?", async () => {
      if (await attempt(remove, this.#message, () => host.request("DELETE", path))) changed();
    });
  }

  update(hook) {
    this.#hook = hook;
    const events = (Array.isArray(hook.events) ? hook.events : [])
      .map((event) => EVENTS[event] ?? event);
    show(this.#name, String(hook.name ?? ""));
    show(this.#facts, `${hook.url}: when ${events.join(", ")}`);
    this.#isOn.checked = hook.enabled === true;
  }

  /** Sends a test and waits for what becomes of it. */
  async #test() {
    const answer = await host.request("POST", `api/webhooks/test/${this.#hook.id}`);
    say(this.#message, "Sent; waiting for an answer…");
    for (let time = 0; time < ASK_TIMES; time += 1) {
      await new Promise((resume) => { setTimeout(resume, ASK_MILLISECONDS); });
      const delivery = (await this.#deliveries()).find(({ id }) => id === answer?.deliveryId);
      if (!delivery) continue;
      const isKnown = delivery.state !== "waiting" || delivery.attempts > 0;
      if (isKnown) return say(this.#message, outcome(delivery), delivery.state !== "delivered");
    }
    say(this.#message, "There is no answer yet; see the deliveries.", true);
  }

  async #deliveries() {
    const answer = await host.request("GET", `api/webhooks/${this.#hook.id}/logs`);
    return (Array.isArray(answer) ? answer : []).filter((one) => Number.isInteger(one?.id));
  }

  async #showLog() {
    if (this.#log.childElementCount > 0) return this.#log.replaceChildren();
    const deliveries = (await this.#deliveries()).sort((one, other) => other.id - one.id);
    if (deliveries.length === 0) say(this.#message, "Nothing was sent yet.");
    this.#log.replaceChildren(...deliveries.slice(0, MOST_DELIVERIES).map((delivery) => {
      const time = timeText(Date.parse(delivery.created_at), true);
      return element("li", {}, `${time} ${delivery.event_type}: ${outcome(delivery)}`);
    }));
  }
}

function outcome({ state, attempts, response_status: status, error_message: error }) {
  const parts = [STATES[state] ?? String(state), attempts === 1 ? "1 try" : `${attempts} tries`];
  if (Number.isInteger(status)) parts.push(`answered ${status}`);
  if (typeof error === "string") parts.push(error);
  return parts.join(", ");
}
