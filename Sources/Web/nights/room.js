// The room of the game that is played: as its monitor sees it, or why nobody does.

import { attempt } from "../shell/act.js";
import { $, ageText, element, show } from "../shell/live.js";
import { host } from "./access.js";
import { roomWords } from "./night.js";

/** Names that are listed; the others are counted. */
const MOST_NAMES = 60;

/** The last word of a monitor. */
const REASONS = {
  room_closed: "the room was closed",
  room_not_found: "there is no room with this code",
  connection_failed: "the room service cannot be reached",
  role_rejected: "the room does not let anybody watch",
  manually_stopped: "a host stopped it",
};

/** What is remembered of a monitor. */
const CHECKS = {
  stopped: "a host stopped it",
  completed: "the game is over, or somebody has said how many played",
  failed: "the room could not be watched",
};

export class RoomCard {
  #game = null;
  #nightId = null;
  /** The monitors' last words, of this game only. */
  #reason = null;

  constructor(changed) {
    for (const [id, action] of [["start-check", "start"], ["stop-check", "stop"]]) {
      $(id).addEventListener("click", async () => {
        const path = `api/sessions/${this.#nightId}/games/${this.#game.id}/${action}-player-check`;
        const isDone = await attempt($(id), $("room-message"), () => host.request("POST", path));
        if (isDone) changed();
      });
    }
  }

  /** Takes what the live socket tells. */
  told({ type, data }) {
    if (type === "room.connected") this.#reason = null;
    if (type === "room.disconnected" && data?.gameId === this.#game?.id) {
      this.#reason = REASONS[data.reason] ?? null;
    }
  }

  render({ night, playing, room }, watch) {
    $("room-card").hidden = !playing;
    if (playing?.id !== this.#game?.id) this.#reason = null;
    this.#game = playing;
    this.#nightId = night?.id;
    if (!playing) return;
    const isWatched = room?.isWatched ?? false;
    show($("host-room-code"), playing.roomCode || "No code");
    show($("host-room-state"), roomWords(room));
    show($("room-why"), isWatched ? "" : this.#why(playing, room));
    const count = room?.count ?? playing.players;
    const most = room?.most ?? playing.mostPlayers;
    show($("host-player-count"), countText(count, most));
    showNames(room?.players ?? []);
    $("start-check").hidden = isWatched || !playing.roomCode;
    $("stop-check").hidden = !isWatched;
    $("room-card").classList.toggle("old", watch.isOld);
    const age = ageText(watch.tonight.age);
    show($("room-age"), watch.isOld ? `old: ${age}` : isWatched ? `watched, as of ${age}` : "");
  }

  #why(playing, room) {
    if (!playing.roomCode) return "Not watched: it has no room code.";
    return `Not watched: ${this.#reason ?? CHECKS[room?.check] ?? "nobody has begun it"}.`;
  }
}

function countText(count, most) {
  if (count === null) return "not known";
  return most ? `${count} of ${most}` : String(count);
}

function showNames(names) {
  const shown = names.slice(0, MOST_NAMES);
  if (names.length > MOST_NAMES) shown.push(`and ${names.length - MOST_NAMES} more`);
  const list = $("host-players");
  while (list.children.length > shown.length) list.lastElementChild.remove();
  shown.forEach((name, index) => {
    show(list.children[index] ?? list.appendChild(element("li")), name);
  });
}
