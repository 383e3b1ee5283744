// Everybody's sessions, for administrators, who may end them.

import { account } from "../shell/account.js";
import { attempt, say, surely } from "../shell/act.js";
import { isAlone } from "../shell/doors.js";
import { $, Refused, element, show } from "../shell/live.js";
import { oneAtATime } from "../shell/once.js";
import { Rows } from "../shell/rows.js";
import { timeText } from "../shell/times.js";
import { readAll, readSession } from "./reading.js";

/** Sessions that are listed; the station runs at most five hundred. */
const MOST_SESSIONS = 500;

export class Everybody {
  #rows = new Rows($("everybody"), (session) => this.#row(session));

  /** Asks for them now. */
  load = oneAtATime(() => this.#load());

  async #load() {
    if (account.me?.superuser !== true) return this.#rows.show([], ({ id }) => id);
    if (isAlone) {
      $("no-everybody").hidden = true;
      return say($("everybody-message"), "They are shown on the station's own port.");
    }
    try {
      const sessions = readAll(await account.request("GET", "/v1/workspace-sessions"), readSession);
      this.#rows.show(sessions.slice(0, MOST_SESSIONS), ({ id }) => id);
      $("no-everybody").hidden = sessions.length > 0;
      say($("everybody-message"), "");
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      say($("everybody-message"), error.message, true);
    }
  }

  #row(session) {
    const facts = element("span", { class: "hint" });
    const end = element("button", {
      type: "button", class: "quiet", "aria-label": `End ${session.name} of ${session.user}`,
    }, "End");
    surely(end, "Really end it?", async () => {
      const path = `/v1/workspace-sessions/${encodeURIComponent(session.id)}/end`;
      await attempt(end, $("everybody-message"), () => account.request("POST", path));
      this.load();
    });
    const row = element("li", { class: "line", id: `everybody-${session.id}` },
      element("span", { class: "what" }, element("strong", {}, session.user), " ", facts), end);
    return {
      element: row,
      update({ name, startedAt, address }) {
        show(facts, `${name} since ${timeText(startedAt)} from ${address}`);
      },
    };
  }
}
