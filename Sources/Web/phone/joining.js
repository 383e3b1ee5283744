// Joining the session that the scanned code names.

import { Refused, request, sentence } from "../shell/live.js";

const REJOIN_MILLISECONDS = 3000;
const SCAN_AGAIN = "Scan the code on the laptop again.";

/** The words for a session that is no more, and what to do about it. */
export function goneWords(reason) {
  return `${sentence(reason)} ${SCAN_AGAIN}`.trim();
}

/**
 * Joins, trying again until it is known whether there is such a session or `isOver()`; `say` gets
 * the words, `onJoined` is called back.
 */
export async function join(wishes) {
  const { token, say, isOver, onJoined } = wishes;
  if (isOver()) return;
  const path = `/api/sessions/${encodeURIComponent(token)}/join`;
  try {
    await request("POST", path, { body: { device_info: deviceWords(navigator.userAgent) } });
    say("Joined. Leave by closing this page.");
    onJoined();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const isGone = error.status === 404 || error.status === 410;
    say(isGone ? goneWords(error.message) : `Not joined: ${error.message}`);
    if (!isGone) setTimeout(() => join(wishes), REJOIN_MILLISECONDS);
  }
}

/** "Android / Chrome 120": enough to tell two phones apart. */
function deviceWords(agent) {
  const system = ["iPhone", "iPad", "Android", "Windows", "Macintosh", "Linux"]
    .find((name) => agent.includes(name)) ?? "Unknown device";
  const browser = /(Firefox|FxiOS|EdgA?|OPR|CriOS|Chrome|Version)\/(\d+)/.exec(agent);
  const name = browser?.[1] === "Version" ? "Safari" : browser?.[1];
  return name ? `${system} / ${name} ${browser[2]}` : system;
}
