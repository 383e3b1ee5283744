// The catalogue of games: the search for the next one, and the whole of it as a list.

import { attempt, say } from "../shell/act.js";
import { $, Refused, element, request, show } from "../shell/live.js";
import { Rows } from "../shell/rows.js";
import { host } from "./access.js";

/** Games of a search that are shown. */
const MOST_FOUND = 6;
/** The longest list that the station would take, and much more than there are games. */
const MOST_BYTES = 8 * 1024 * 1024;
const IMPORT_MILLISECONDS = 60000;

/** Keeps the search and the card of the catalogue alive; `changed()` after a game was added. */
export function followCatalogue(changed) {
  const picker = new Picker(changed);
  $("catalogue-import").addEventListener("click", async () => {
    const isDone = await attempt($("catalogue-import"), $("catalogue-message"), importList);
    if (isDone) picker.load();
  });
  picker.load();
}

class Picker {
  #games = [];
  #isLoaded = false;
  #rows;
  #changed;

  constructor(changed) {
    this.#changed = changed;
    this.#rows = new Rows($("found"), (game) => this.#row(game));
    for (const id of ["search", "search-players"]) {
      $(id).addEventListener("input", () => this.#search());
    }
    // A station that was not there at first is asked again when somebody wants a game.
    $("search").addEventListener("focus", () => { if (!this.#isLoaded) this.load(); });
  }

  async load() {
    try {
      const answer = await request("GET", "api/games");
      this.#games = (Array.isArray(answer) ? answer : []).map(readGame).filter(Boolean);
      this.#isLoaded = true;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      say($("pick-message"), error.message, true);
      return;
    }
    const off = this.#games.filter(({ isEnabled }) => !isEnabled).length;
    show($("catalogue-count"),
      `${this.#games.length} games${off > 0 ? `, ${off} of them taken out` : ""}.`);
    this.#search();
  }

  #search() {
    const words = $("search").value.toLowerCase().split(/\s+/).filter(Boolean);
    const players = Number($("search-players").value);
    const found = this.#games.filter((game) => game.isEnabled
      && words.every((word) => game.haystack.includes(word))
      && (!players || (game.least <= players && players <= game.most)));
    // Those that people like first, then those that were not played for long.
    found.sort((one, other) => other.favour - one.favour || other.popularity - one.popularity
      || one.plays - other.plays || one.title.localeCompare(other.title));
    this.#rows.show(found.slice(0, MOST_FOUND), ({ id }) => id);
    const more = found.length - MOST_FOUND;
    show($("found-more"), more > 0 ? `and ${more} more: type to find them`
      : found.length === 0 && this.#isLoaded ? "No game of the catalogue fits." : "");
  }

  #row(game) {
    const play = element("button", { type: "button", "aria-label": `Play ${game.title}` }, "Play");
    play.addEventListener("click", async () => {
      if (!await attempt(play, $("pick-message"), () => this.#play(game))) return;
      $("new-room-code").value = "";
      say($("pick-message"), `${game.title} is played now.`);
      this.#changed();
    });
    const facts = [
      game.pack, `${game.least} to ${game.most} players`, game.minutes ? `${game.minutes} min` : "",
      game.type,
    ].filter(Boolean).join(", ");
    const row = element("li", { class: "line" },
      element("span", { class: "what" }, element("strong", {}, game.title), " ",
        element("span", { class: "hint" }, facts)),
      play);
    return { element: row, update() {} };
  }

  async #play(game) {
    const night = await request("GET", "api/sessions/active");
    if (!Number.isInteger(night?.id)) throw new Refused(0, "No night is under way.");
    const body = { game_id: game.id, manually_added: true };
    const code = $("new-room-code").value.trim().toUpperCase();
    if (code) body.room_code = code;
    await host.request("POST", `api/sessions/${night.id}/games`, { body });
  }
}

function readGame(json) {
  if (!Number.isInteger(json?.id) || typeof json.title !== "string") return null;
  const text = (value) => (typeof value === "string" ? value : "");
  const number = (value) => (Number.isFinite(value) ? value : 0);
  return {
    id: json.id,
    title: json.title,
    pack: text(json.pack_name),
    haystack: [json.title, json.pack_name, json.game_type].map(text).join(" ").toLowerCase(),
    type: text(json.game_type),
    least: number(json.min_players),
    most: number(json.max_players),
    minutes: number(json.length_minutes),
    plays: number(json.play_count),
    popularity: number(json.popularity_score),
    favour: number(json.favor_bias),
    isEnabled: json.enabled === 1 || json.enabled === true,
  };
}

async function importList() {
  const file = $("catalogue-file").files[0];
  if (!file) throw new Refused(0, "Choose a list.");
  if (file.size > MOST_BYTES) throw new Refused(0, "The list is longer than the station takes.");
  const body = { csvData: await file.text(), mode: $("catalogue-mode").value };
  const { added = "?", updated = "?", removed = "?" } = await host.request(
    "POST", "api/games/import/csv", { body, limit: IMPORT_MILLISECONDS }) ?? {};
  say($("catalogue-message"), `${added} added, ${updated} changed, ${removed} removed.`);
}
