// Votes: the sums of tonight, the news as they come, and a vote for somebody who has no chat.

import { attempt, say } from "../shell/act.js";
import { $, Refused, element, show, stationClock } from "../shell/live.js";
import { Rows } from "../shell/rows.js";
import { timeText } from "../shell/times.js";
import { host } from "./access.js";
import { NO_VOTES, scoreText } from "./night.js";

/** Lines of news that are kept. */
const MOST_NEWS = 6;

export class VotesCard {
  #rows = new Rows($("vote-rows"), voteRow);
  #news = [];
  #newsRows = new Rows($("news"), newsRow);
  #number = 0;

  constructor() {
    for (const [id, vote] of [["vote-up", "up"], ["vote-down", "down"]]) {
      $(id).addEventListener("click", () => {
        attempt($(id), $("vote-message"), () => this.#vote(vote));
      });
    }
    $("vote-form").addEventListener("submit", (event) => event.preventDefault());
  }

  render({ night, games, playing, votes }) {
    $("votes-card").hidden = !night;
    const titles = new Map(games.map((game) => [game.catalogueId, game.title]));
    const lines = [...votes]
      .map(([id, vote]) => ({ id, vote, title: titles.get(id) ?? `Game ${id}` }))
      .sort((one, other) => other.vote.net - one.vote.net);
    this.#rows.show(lines, ({ id }) => id);
    $("vote-table").hidden = lines.length === 0;
    $("no-votes").hidden = lines.length > 0;
    $("vote-form").hidden = !host.bearer || !playing;
  }

  /** Takes what the live socket tells. */
  told({ type, timestamp, data }) {
    const text = newsText(type, data);
    if (!text) return;
    this.#number += 1;
    this.#news.unshift({ number: this.#number, text, time: Date.parse(timestamp) });
    this.#news.length = Math.min(this.#news.length, MOST_NEWS);
    this.#newsRows.show(this.#news, ({ number }) => number);
  }

  async #vote(vote) {
    const username = $("voter").value.trim();
    if (!username) throw new Refused(0, "Type who votes.");
    const timestamp = new Date(stationClock.now()).toISOString();
    const body = { username, vote, timestamp };
    const answer = await host.request("POST", "api/votes/live", { body });
    const title = typeof answer?.game?.title === "string" ? answer.game.title : "the game";
    say($("vote-message"), `${username}'s vote for ${title} is counted.`);
    $("voter").value = "";
    $("voter").focus();
  }
}

function voteRow() {
  const cells = Array.from({ length: 4 }, (_, index) => element(index === 0 ? "th" : "td"));
  cells[0].setAttribute("scope", "row");
  return {
    element: element("tr", {}, ...cells),
    update({ title, vote = NO_VOTES }) {
      [title, vote.up, vote.down, scoreText(vote.net)].forEach((value, index) => {
        show(cells[index], String(value));
      });
    },
  };
}

function newsRow({ text, time }) {
  const line = element("li", {}, element("span", { class: "hint" }, timeText(time)), " ", text);
  return { element: line, update() {} };
}

function newsText(type, data) {
  const word = (value) => (typeof value === "string" ? value : "somebody");
  switch (type) {
    case "vote.received": {
      const arrow = data?.vote?.type === "up" ? "▲" : "▼";
      return `${arrow} ${word(data?.vote?.username)} for ${word(data?.game?.title)}`;
    }
    case "lobby.player-joined": return `${word(data?.playerName)} has joined`;
    case "game.started": return "The game has started";
    case "game.ended": return "The game is over";
    default: return null;
  }
}
