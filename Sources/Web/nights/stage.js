// The stage: what a television shows of a game night. With a host's token behind # it hears the
// news as they happen.

import { ConnectionView } from "../shell/connection.js";
import { $, ageText, element, show } from "../shell/live.js";
import { looks } from "../shell/looks.js";
import { NO_VOTES, roomWords, scoreText } from "./night.js";
import { NightWatch } from "./watch.js";

/** Names that a screen has room for; the others are counted. */
const MOST_NAMES = 100;
/** Games of the evening that a screen has room for beside a crowd; the latest. */
const MOST_GAMES = { few: 8, some: 5, many: 2 };
/** Longer crowds and titles are written smaller. */
const FEW_NAMES = 16;
const MANY_NAMES = 48;
const SHORT_TITLE = 24;
const LONG_TITLE = 60;

const connection = new ConnectionView();
const watch = new NightWatch({ onTonight: render });

function render() {
  connection.render(watch.connection);
  showFreshness();
  const tonight = watch.tonight.value;
  if (!tonight) return;
  const { night, games, playing, votes, room } = tonight;
  show($("night"), night?.notes || "Game night");
  $("game").hidden = !playing;
  $("nothing").hidden = Boolean(playing);
  show($("nothing"), night ? "No game is played now." : "No game night now.");
  if (playing) showGame(playing, room, votes.get(playing.catalogueId) ?? NO_VOTES);
  showPlayers(playing, room);
  showEvening(games, votes);
}

function showFreshness() {
  const { tonight, isOld, isFollowing, problem } = watch;
  document.body.classList.toggle("old", isOld);
  $("freshness").classList.toggle("late", isOld || problem !== "");
  const asked = `${problem} Asked every 3 seconds`.trim();
  if (!isOld) show($("freshness"), isFollowing ? "live" : asked);
  else show($("freshness"), tonight.value === null ? "" : `as of ${ageText(tonight.age)}`);
}

function showGame(playing, room, votes) {
  show($("title"), playing.title);
  $("title").dataset.length = titleLength(playing.title);
  show($("pack"), playing.pack);
  $("room").hidden = !playing.roomCode;
  show($("room-code"), playing.roomCode);
  show($("room-state"), roomWords(room));
  show($("score"), scoreText(votes.net));
  show($("ups"), String(votes.up));
  show($("downs"), String(votes.down));
}

function titleLength({ length }) {
  if (length <= SHORT_TITLE) return "short";
  return length <= LONG_TITLE ? "long" : "huge";
}

function showPlayers(playing, room) {
  const names = room?.players ?? [];
  const count = room?.count ?? playing?.players;
  $("crowd").hidden = !playing || (names.length === 0 && !count);
  show($("player-count"), room?.most && count ? `${count} of ${room.most}` : String(count ?? ""));
  const { length } = names;
  $("players").dataset.size = crowdSize(length);
  fill($("players"), names.slice(0, MOST_NAMES), (name) => [name]);
  $("more-players").hidden = length <= MOST_NAMES;
  show($("more-players"), `and ${length - MOST_NAMES} more`);
}

function crowdSize(names) {
  if (names <= FEW_NAMES) return "few";
  return names <= MANY_NAMES ? "some" : "many";
}

function showEvening(games, votes) {
  $("evening").hidden = games.length === 0;
  const latest = games.slice(-MOST_GAMES[$("players").dataset.size]);
  const before = games.length - latest.length;
  $("more-games").hidden = before === 0;
  show($("more-games"), `${before} before`);
  const lines = fill($("standings"), latest, (game) => {
    const { net } = votes.get(game.catalogueId) ?? NO_VOTES;
    return [game.title, game.status === "skipped" ? "skipped" : scoreText(net)];
  });
  latest.forEach((game, index) => {
    const isNow = game.status === "playing";
    lines[index].classList.toggle("now", isNow);
    if (isNow) lines[index].setAttribute("aria-current", "true");
    else lines[index].removeAttribute("aria-current");
  });
}

/** Gives a list these lines, of a few texts each; those that are the same stay untouched. */
function fill(list, items, texts) {
  while (list.children.length > items.length) list.lastElementChild.remove();
  items.forEach((item, index) => {
    const parts = texts(item);
    const line = list.children[index] ?? list.appendChild(element("li"));
    while (line.children.length < parts.length) line.append(element("span"));
    parts.forEach((part, at) => show(line.children[at], part));
  });
  return [...list.children];
}

document.querySelector("header").append(looks());
setInterval(render, 1000);
watch.useBearer(new URLSearchParams(location.hash.slice(1)).get("token"));
