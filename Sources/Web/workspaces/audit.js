// Who did what: the station's timeline or, on a port of its own, what the API tells of it.

import { account } from "../shell/account.js";
import { attempt } from "../shell/act.js";
import { isAlone } from "../shell/doors.js";
import { $, element, show } from "../shell/live.js";
import { timeText } from "../shell/times.js";
import { endWords } from "./reading.js";

const ENTRIES_AT_ONCE = 50;

/** Keeps the card alive; it asks when it is opened. */
export function followAudit() {
  const table = new AuditTable(isAlone ? new NewestEntries() : new Timeline());
  for (const part of document.querySelectorAll(".beside-only")) part.hidden = isAlone;
  $("audit").addEventListener("toggle", () => { if ($("audit").open) table.find(); });
  $("audit-form").addEventListener("submit", (event) => {
    event.preventDefault();
    table.find();
  });
  $("audit-older").addEventListener("click", () => table.older());
  $("audit-newer").addEventListener("click", () => table.newer());
  account.follow(() => {
    table.clear();
    const whose = account.me?.superuser ? "everybody's" : "what you did yourself";
    show($("audit-scope"), isAlone ? `${whose}, the newest 500` : whose);
  });
}

class AuditTable {
  #source;
  /** What the pages begin at, from the newest on to the one that is shown. */
  #starts = [null];
  #next = null;

  constructor(source) {
    this.#source = source;
  }

  find() {
    this.#starts = [null];
    return this.#show($("audit-find"));
  }

  older() {
    this.#starts.push(this.#next);
    return this.#show($("audit-older"));
  }

  newer() {
    this.#starts.pop();
    return this.#show($("audit-newer"));
  }

  clear() {
    $("audit").open = false;
    $("audit-rows").replaceChildren();
    show($("audit-count"), "");
  }

  async #show(button) {
    await attempt(button, $("audit-message"), async () => {
      const { entries, next } = await this.#source.page(filter(), this.#starts.at(-1));
      this.#next = next;
      $("audit-rows").replaceChildren(...entries.map(row));
      show($("audit-count"), entries.length === 0 ? "Nothing that fits." : "");
    });
    $("audit-older").hidden = this.#next === null;
    $("audit-newer").hidden = this.#starts.length === 1;
  }
}

/** What is typed into the form, as the timeline names it. */
function filter() {
  const day = (id, days) => {
    const time = new Date(`${$(id).value}T00:00:00`);
    if (Number.isNaN(time.getTime())) return "";
    // The last day is meant as a whole.
    time.setDate(time.getDate() + days);
    return time.toISOString();
  };
  return {
    user: $("audit-user").value.trim(), action: $("audit-action").value.trim(),
    session: $("audit-session").value.trim(), api: isAlone ? "" : $("audit-api").value,
    since: day("audit-since", 0), until: day("audit-until", 1), success: $("audit-success").value,
  };
}

/** `GET /v1/timeline`: all that the station keeps, page by page. */
class Timeline {
  async page(wanted, before) {
    const query = new URLSearchParams({ limit: ENTRIES_AT_ONCE });
    for (const [name, value] of Object.entries(wanted)) if (value) query.set(name, value);
    if (before !== null) query.set("before", before);
    const answer = await account.request("GET", `/v1/timeline?${query}`);
    return {
      entries: (Array.isArray(answer?.entries) ? answer.entries : []).map((entry) => read(entry, {
        time: entry?.time, end: entry?.end_reason,
      })),
      next: Number.isInteger(answer?.next) ? answer.next : null,
    };
  }
}

/** `GET api/audit-logs`: the newest five hundred, looked through here. */
class NewestEntries {
  async page(wanted, start) {
    const answer = await account.request("GET", "api/audit-logs");
    const entries = (Array.isArray(answer) ? answer : [])
      .map((entry) => read(entry, { time: entry?.timestamp, end: entry?.endReason }))
      .filter((entry) => fits(entry, wanted));
    const from = start ?? 0;
    const next = from + ENTRIES_AT_ONCE;
    return { entries: entries.slice(from, next), next: next < entries.length ? next : null };
  }
}

function fits(entry, { user, action, session, since, until, success }) {
  return (!user || entry.who === user) && (!action || entry.action === action)
    && (!session || entry.resource === `session:${session}`)
    && (!since || entry.time >= Date.parse(since)) && (!until || entry.time < Date.parse(until))
    && (!success || String(entry.isDone) === success);
}

function read(entry, { time, end }) {
  const text = (value) => (typeof value === "string" ? value : "");
  return {
    time: Date.parse(time),
    who: text(entry?.user_email),
    action: text(entry?.action),
    resource: text(entry?.resource),
    details: [text(entry?.details), endWords(end)].filter(Boolean).join(": "),
    from: text(entry?.ip_address),
    isDone: entry?.success === true,
  };
}

function row({ time, who, action, resource, details, from, isDone }) {
  const cell = (text, classes = "") => element("td", { class: classes }, text || "–");
  return element("tr", {},
    cell(timeText(time, true), "whole"), cell(who), cell(action.replaceAll("_", " ")),
    cell(resource), cell(details), cell(from, "whole"),
    isDone ? cell("done", "whole") : cell("refused", "whole refused"));
}
