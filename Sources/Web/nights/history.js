// Earlier nights: what was played and liked, and each as a file.

import { attempt, say, surely } from "../shell/act.js";
import { $, Refused, element, request, show } from "../shell/live.js";
import { Rows } from "../shell/rows.js";
import { dateText, durationText } from "../shell/times.js";
import { host } from "./access.js";
import { saveNight } from "./export.js";
import { NO_VOTES, readGames, readVotes, scoreText } from "./night.js";
import { askForNights } from "./nights.js";

const NIGHTS_AT_ONCE = 20;

/** Keeps the card alive; it asks when it is opened. */
export function followHistory() {
  const history = new History();
  $("history").addEventListener("toggle", () => { if ($("history").open) history.load(); });
  host.follow(() => history.render());
}

class History {
  #nights = [];
  #shown = NIGHTS_AT_ONCE;
  #rows = new Rows($("nights"), (night) => new NightRow(night, () => this.load()));

  constructor() {
    $("more-nights").addEventListener("click", () => {
      this.#shown += NIGHTS_AT_ONCE;
      this.render();
    });
  }

  async load() {
    try {
      this.#nights = (await askForNights()).filter(({ isActive }) => !isActive);
      say($("history-message"), "");
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      say($("history-message"), error.message, true);
    }
    this.render();
  }

  render() {
    const { length } = this.#nights;
    show($("history-hint"), length === 0 ? "No night has ended yet." : `${length} nights`);
    this.#rows.show(this.#nights.slice(0, this.#shown), ({ id }) => id);
    $("more-nights").hidden = length <= this.#shown;
  }
}

class NightRow {
  element;
  #night;
  #games = element("ol", { class: "small" });
  #message = element("p", { class: "message", role: "status" });
  #controls;

  constructor(night, changed) {
    this.#night = night;
    const seconds = (night.endedAt - night.beganAt) / 1000;
    const facts = `${night.gamesPlayed} games, ${durationText(seconds)}`;
    const button = (words) => element("button", { type: "button", class: "quiet" }, words);
    const [json, text, remove] = [button("JSON"), button("Text"), button("Delete")];
    json.addEventListener("click", () => this.#do(json, () => saveNight(night.id, "json")));
    text.addEventListener("click", () => this.#do(text, () => saveNight(night.id, "txt")));
    surely(remove, "Really delete?", async () => {
      const path = `api/sessions/${night.id}`;
      if (await this.#do(remove, () => host.request("DELETE", path))) changed();
    });
    this.#controls = element("div", { class: "row" }, json, text, remove);
    const details = element("details", {}, element("summary", {},
      element("strong", {}, night.notes || "A night without notes"), " ",
      element("span", { class: "hint" }, `${dateText(night.beganAt)}, ${facts}`)),
    this.#games, this.#controls, this.#message);
    details.addEventListener("toggle", () => { if (details.open) this.#load(); });
    this.element = element("li", { id: `night-${night.id}` }, details);
  }

  update() {
    this.#controls.hidden = !host.bearer;
  }

  #do(button, work) {
    return attempt(button, this.#message, work);
  }

  async #load() {
    const path = `api/sessions/${this.#night.id}`;
    try {
      const [games, votes] = await Promise.all([
        request("GET", `${path}/games`).then(readGames),
        request("GET", `${path}/votes`).then(readVotes),
      ]);
      this.#games.replaceChildren(...games.map((game) => {
        const { net } = votes.get(game.catalogueId) ?? NO_VOTES;
        const players = game.players === null ? "" : `, ${game.players} players`;
        return element("li", {}, `${game.title} (${game.status}${players}) ${scoreText(net)}`);
      }));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      say(this.#message, error.message, true);
    }
  }
}
