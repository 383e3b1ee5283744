// A chat's votes: what is in a log, before anything is sent, and what the station made of it.

import { attempt, say } from "../shell/act.js";
import { $, Refused, element, parsed } from "../shell/live.js";
import { dateText, timeText } from "../shell/times.js";
import { host } from "./access.js";
import { askForNights } from "./nights.js";

/** From the contract. */
const MOST_BYTES = 16 * 1024 * 1024;
const IMPORT_MILLISECONDS = 120000;
/** Nights that can be chosen, the newest. */
const MOST_NIGHTS = 50;
const MOST_SAMPLES = 5;
/** Matches that are listed; the station tells of a hundred. */
const MOST_MATCHES = 100;

const VOTE = /thisgame(\+\+|--)/i;

let messages = null;

/** Keeps the card alive. */
export function followChats() {
  $("chat").addEventListener("toggle", () => { if ($("chat").open) offerNights(); });
  $("chat-file").addEventListener("change", readFile);
  $("chat-import").addEventListener("click", () => {
    attempt($("chat-import"), $("chat-message"), importChat);
  });
}

async function offerNights() {
  try {
    const nights = (await askForNights()).slice(0, MOST_NIGHTS);
    const chosen = $("chat-night").value;
    $("chat-night").replaceChildren(...nights.map(({ id, beganAt, isActive, notes }) => {
      const when = isActive ? "Under way" : dateText(beganAt);
      return element("option", { value: id }, `${when}: ${notes || "no notes"}`);
    }));
    if (nights.some(({ id }) => String(id) === chosen)) $("chat-night").value = chosen;
    if (nights.length === 0) say($("chat-message"), "There is no night yet.");
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    say($("chat-message"), error.message, true);
  }
}

// ---- Before

async function readFile() {
  messages = null;
  $("chat-preview").hidden = $("chat-report").hidden = true;
  say($("chat-message"), "");
  const file = $("chat-file").files[0];
  if (!file) return;
  if (file.size > MOST_BYTES) {
    return say($("chat-message"), "The log is longer than 16 MiB: import it in parts.", true);
  }
  const json = parsed(await file.text());
  const list = Array.isArray(json) ? json : json?.chatData;
  if (!Array.isArray(list)) {
    return say($("chat-message"), "This is no list of messages in JSON.", true);
  }
  messages = list.filter(isMessage);
  preview(messages, list.length - messages.length);
}

function isMessage(value) {
  const texts = [value?.username, value?.message, value?.timestamp];
  return texts.every((text) => typeof text === "string");
}

function preview(read, strange) {
  const votes = read.filter(({ message }) => VOTE.test(message));
  const ups = votes.filter(({ message }) => VOTE.exec(message)[1] === "++").length;
  const times = read.map(({ timestamp }) => Date.parse(timestamp)).filter(Number.isFinite);
  // No spread: a log has more messages than a call may have arguments.
  const first = times.reduce((one, other) => Math.min(one, other), Infinity);
  const last = times.reduce((one, other) => Math.max(one, other), -Infinity);
  facts($("chat-facts"), [
    ["Messages", read.length], ["Votes", `${votes.length} (▲ ${ups}, ▼ ${votes.length - ups})`],
    ["People who vote", new Set(votes.map(({ username }) => username)).size],
    ["From", timeText(first)], ["To", timeText(last)],
    ...(strange > 0 ? [["Left out, being no messages", strange]] : []),
  ]);
  lines($("chat-sample"), votes.slice(0, MOST_SAMPLES).map(({ username, message, timestamp }) =>
    `${timeText(Date.parse(timestamp))} ${username}: ${message}`));
  $("chat-preview").hidden = false;
}

// ---- After

async function importChat() {
  const night = $("chat-night").value;
  if (!night) throw new Refused(0, "Choose a night.");
  if (!messages) throw new Refused(0, "Choose a file.");
  const chatData = messages.map(
    ({ username, message, timestamp }) => ({ username, message, timestamp }));
  const answer = await host.request("POST", `api/sessions/${night}/chat-import`, {
    body: { chatData }, limit: IMPORT_MILLISECONDS,
  });
  report(answer ?? {});
}

function report(answer) {
  facts($("chat-outcome"), [
    ["Imported", answer.messagesImported], ["Known already", answer.duplicatesSkipped],
    ["Votes counted", answer.votesProcessed],
  ]);
  const games = Object.values(answer.votesByGame ?? {});
  $("chat-games").replaceChildren(...games.map((game) => element("tr", {},
    element("th", { scope: "row" }, String(game?.title ?? "–")),
    element("td", {}, String(game?.upvotes ?? "–")),
    element("td", {}, String(game?.downvotes ?? "–")))));
  const matches = Array.isArray(answer.debug?.voteMatches) ? answer.debug.voteMatches : [];
  lines($("chat-matches"), matches.slice(0, MOST_MATCHES).map((match) =>
    `${timeText(Date.parse(match?.timestamp))} ${match?.username}: ${match?.vote} for `
      + `${match?.game ?? "no game: nothing was played then"}`));
  $("chat-why").hidden = matches.length === 0;
  $("chat-report").hidden = false;
}

function facts(list, pairs) {
  list.replaceChildren(...pairs.map(([name, value]) =>
    element("div", {}, element("dt", {}, name), element("dd", {}, String(value ?? "–")))));
}

function lines(list, texts) {
  list.replaceChildren(...texts.map((text) => element("li", {}, text)));
}
