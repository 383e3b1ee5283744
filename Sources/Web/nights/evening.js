// Tonight: its beginning and end, and the list of its games, each with what a host may change.

import { attempt, surely } from "../shell/act.js";
import { $, Refused, element, show } from "../shell/live.js";
import { Rows } from "../shell/rows.js";
import { timeText } from "../shell/times.js";
import { host } from "./access.js";
import { saveNight } from "./export.js";
import { NO_VOTES, scoreText } from "./night.js";

const STATUS = { playing: "playing now", played: "played", skipped: "skipped" };

export class Evening {
  #changed;
  #night = null;
  #rows;

  /** `changed()` is called after everything that the station has done. */
  constructor(changed) {
    this.#changed = changed;
    this.#rows = new Rows($("games"), (game) => new GameRow(game, changed));
    $("begin-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#do($("begin-night"), () => this.#begin());
    });
    surely($("end-night"), "Really end it?", () => {
      const path = `api/sessions/${this.#night.id}/close`;
      this.#do($("end-night"), () => host.request("POST", path));
    });
    for (const [id, format] of [["save-json", "json"], ["save-text", "txt"]]) {
      $(id).addEventListener("click", () => {
        attempt($(id), $("tonight-message"), () => saveNight(this.#night.id, format));
      });
    }
    host.follow(() => this.#linkStage());
  }

  render({ night, games, votes }) {
    this.#night = night;
    const mayHost = Boolean(host.bearer);
    show($("night-state"), night
      ? `${night.notes || "A night"}: since ${timeText(night.beganAt)}, ${count(games)}`
      : "No night is under way.");
    $("begin-form").hidden = !mayHost || Boolean(night);
    $("night-controls").hidden = !mayHost || !night;
    $("pick").hidden = !mayHost || !night;
    // The latest first: it is the one that something is done with.
    const latest = [...games].reverse();
    this.#rows.show(
      latest.map((game) => ({ game, night, votes: votes.get(game.catalogueId) ?? NO_VOTES })),
      ({ game }) => game.id);
  }

  async #begin() {
    const notes = $("night-notes").value.trim();
    await host.request("POST", "api/sessions", { body: notes ? { notes } : {} });
    $("begin-form").reset();
  }

  async #do(button, work) {
    if (await attempt(button, $("tonight-message"), work)) this.#changed();
  }

  /** A stage with the token hears the news at once; the token stays behind the #. */
  #linkStage() {
    const fragment = host.bearer ? `#token=${encodeURIComponent(host.bearer)}` : "";
    $("open-stage").href = `stage${fragment}`;
  }
}

function count(games) {
  const { length } = games.filter(({ status }) => status !== "skipped");
  return length === 1 ? "1 game" : `${length} games`;
}

function playersText(number) {
  if (number === null) return "";
  return number === 1 ? "1 player" : `${number} players`;
}

/** A game of tonight, and the form that changes it. */
class GameRow {
  element;
  #changed;
  #game;
  #nightId;
  #parts;

  constructor({ game, night }, changed) {
    this.#changed = changed;
    this.#nightId = night?.id;
    const name = `game-${game.id}`;
    const message = element("p", { class: "message", role: "status" });
    this.#parts = {
      title: element("strong"), pack: element("span", { class: "hint" }),
      state: element("span", { class: "tag" }), room: element("span", { class: "code" }),
      players: element("span", { class: "hint" }), score: element("span", { class: "score" }),
      message, ...controls(name),
      change: element("button", {
        type: "button", class: "quiet", "aria-expanded": "false", "aria-controls": `${name}-form`,
      }, "Change"),
    };
    this.#parts.form = this.#form(name);
    const { title, pack, state, room, players, score, change } = this.#parts;
    change.addEventListener("click", () => this.#open(this.#parts.form.hidden));
    this.element = element("li", { id: name, class: "game" },
      element("div", { class: "line" },
        element("span", { class: "what" }, title, " ", pack), state, room, players, score, change),
      this.#parts.form, message);
  }

  update({ game, night, votes }) {
    this.#game = game;
    this.#nightId = night?.id;
    const { title, pack, state, room, players, score } = this.#parts;
    show(title, game.title);
    show(pack, `${game.pack}, ${timeText(game.playedAt)}`);
    show(state, STATUS[game.status]);
    state.dataset.status = game.status;
    show(room, game.roomCode);
    show(players, playersText(game.players));
    show(score, scoreText(votes.net));
    this.#parts.change.hidden = !host.bearer;
    if (!host.bearer) this.#open(false);
    // What is typed stays typed.
    if (this.#parts.form.hidden) this.#fill();
  }

  #fill() {
    const { status, code, count } = this.#parts;
    status.value = this.#game.status;
    code.value = this.#game.roomCode;
    count.value = this.#game.players ?? "";
  }

  #open(isOpen) {
    this.#parts.form.hidden = !isOpen;
    this.#parts.change.setAttribute("aria-expanded", String(isOpen));
  }

  #form(name) {
    const field = (id, label, control) =>
      element("div", {}, element("label", { for: `${name}-${id}` }, label), control);
    const { status, code, count } = this.#parts;
    const save = element("button", { type: "submit" }, "Save");
    const remove = element("button", { type: "button", class: "quiet" }, "Remove");
    const form = element("form", { id: `${name}-form`, class: "fields", novalidate: "" },
      field("status", "Status", status), field("code", "Room code", code),
      field("players", "Players", count), element("div", { class: "row" }, save, remove));
    form.hidden = true;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#do(save, () => this.#save());
    });
    surely(remove, "Really remove?", () => {
      this.#do(remove, () => host.request("DELETE", this.#path));
    });
    return form;
  }

  get #path() {
    return `api/sessions/${this.#nightId}/games/${this.#game.id}`;
  }

  /** Asks for what differs, one after the other; the first refusal stops it. */
  async #save() {
    const { status, code, count } = this.#parts;
    const [before, path] = [this.#game, this.#path];
    const room = code.value.trim().toUpperCase();
    if (room !== before.roomCode) {
      await host.request("PATCH", `${path}/room-code`, { body: { room_code: room } });
    }
    if (count.value !== String(before.players ?? "")) {
      if (count.value === "") throw new Refused(0, "Type how many players there are.");
      const players = Number(count.value);
      await host.request("PATCH", `${path}/player-count`, { body: { player_count: players } });
    }
    if (status.value !== before.status) {
      await host.request("PATCH", `${path}/status`, { body: { status: status.value } });
    }
  }

  async #do(button, work) {
    if (!await attempt(button, this.#parts.message, work)) return;
    this.#open(false);
    this.#changed();
  }
}

/** What of a game may be changed. */
function controls(name) {
  return {
    status: element("select", { id: `${name}-status` },
      ...Object.entries(STATUS).map(([value, words]) => element("option", { value }, words))),
    code: element("input", {
      id: `${name}-code`, type: "text", maxlength: 4, autocomplete: "off", spellcheck: "false",
      autocapitalize: "characters",
    }),
    count: element("input", {
      id: `${name}-players`, type: "number", inputmode: "numeric", min: 0, max: 100000,
    }),
  };
}
