// Apps that send the phone's position with the screen off, and without HTTPS.

import { $, element, request } from "../shell/live.js";

/** More apps than this are not meant for people to choose from. */
const MOST_APPS = 20;
const MOST_STEPS = 20;

/** Shows the card with the apps that the station can take positions from, if it tells any. */
export async function showTrackers(token) {
  const path = `/v1/trackers?token=${encodeURIComponent(token)}`;
  const answer = await request("GET", path).catch(() => null);
  const apps = Array.isArray(answer?.apps) ? answer.apps.filter(isApp).slice(0, MOST_APPS) : [];
  $("trackers").hidden = apps.length === 0;
  $("tracker-apps").replaceChildren(...apps.map(card));
}

function isApp(app) {
  return typeof app?.name === "string" && typeof app.address === "string";
}

function card({ name, address, config, steps }, index) {
  const field = `tracker-url-${index}`;
  const parts = [
    element("label", { for: field }, "Address to copy"),
    copied(field, address),
  ];
  if (config && name === "OwnTracks") {
    parts.unshift(element("a", { class: "button", href: ownTracks(config) }, `Set up ${name}`));
  }
  const words = Array.isArray(steps) ? steps.filter((step) => typeof step === "string") : [];
  if (words.length > 0) {
    const items = words.slice(0, MOST_STEPS).map((step) => element("li", {}, step));
    parts.push(element("ol", {}, ...items));
  }
  return element("details", {}, element("summary", {}, name), ...parts);
}

/** A text to take with the phone's own selection: over HTTP a page may not copy. */
export function copied(id, text) {
  const input = element("input", { id, type: "text", readonly: "", value: text });
  input.addEventListener("focus", () => input.select());
  return input;
}

/** What makes OwnTracks take its settings over (owntracks.org/booklet/features/remoteconfig). */
function ownTracks(config) {
  const bytes = new TextEncoder().encode(JSON.stringify(config));
  const text = btoa(String.fromCharCode(...bytes));
  return `owntracks:///config?inline=${encodeURIComponent(text)}`;
}
