// The phone's page: joins the session, sends where it is, points the rotor, shows it, stops it.

import { $, ageText, show } from "../shell/live.js";
import { ConnectionView } from "../shell/connection.js";
import { looks } from "../shell/looks.js";
import { RotorReadings, StopControl, hearPeers, wireModes } from "../rotor/panel.js";
import { PolarPlot } from "../rotor/polar.js";
import { Relay } from "../rotor/relay.js";
import { Abilities } from "./abilities.js";
import { ScreenHold, SleepWatch } from "./awake.js";
import { goneWords, join } from "./joining.js";
import { PlacePicker } from "./picker.js";
import { Point } from "./point.js";
import { Pointing } from "./pointing.js";
import { Sections } from "./sections.js";
import { Share } from "./share.js";
import { showTrackers } from "./trackers.js";
import { offerWayOut } from "./wayout.js";

const RENDER_MILLISECONDS = 250;
/** What the browser allows may change at any time, but not often. */
const PROBE_MILLISECONDS = 3000;

const token = decodeURIComponent(location.pathname.split("/")[2] ?? "");
document.querySelector("header").append(looks());

const readings = new RotorReadings();
const connection = new ConnectionView();
const plot = new PolarPlot($("polar"));
let wasOpen = false;
const relay = new Relay(token, { onMessage: hear, onState: connectionChanged });
const stop = new StopControl(() => relay);
const hold = new ScreenHold(() => render());
const picker = new PlacePicker(marks);
const share = new Share({ session: token, relay, hold, picker });
const pointing = new Pointing(relay);
const point = new Point({ pointing, hold, picker, onOrder: () => stop.forget() });
const abilities = new Abilities({ compass: point.compass, hold, relay });
const sections = new Sections(sectionChosen);

new SleepWatch((sleep) => {
  share.woke(sleep);
  render();
});

wireModes(() => relay, stop, (mode) => {
  pointing.forget();
  if (mode !== "track" || share.sent.isLive) return "";
  if (share.kind !== null || share.begin()) return "It follows as soon as a position goes out.";
  sections.choose("share");
  return "This phone sends no position at the moment: type it in, or pick it on the map.";
});

function sectionChosen(name) {
  picker.cancel();
  if (name !== "point") point.rest();
  if (name === "abilities") abilities.probe();
}

/** What the map shows besides the question. */
function marks() {
  const target = readings.target.value;
  return {
    phone: share.place && { ...share.place, ageSeconds: share.sent.age },
    target: Number.isFinite(target?.latitude) ? target : null,
    azimuth: readings.rotor.value?.azimuth ?? null,
    isLive: relay.isOpen && readings.rotor.isLive,
  };
}

function hear(message) {
  readings.hear(message);
  if (message.type === "rotor" && readings.rotor.value) {
    stop.rotorSays(readings.rotor.value);
    pointing.rotorSays(message);
  }
  if (message.type === "peer.joined" || message.type === "peer.left") hearPeers(message);
  render();
}

function connectionChanged() {
  if (relay.isOpen && !wasOpen) share.connected();
  wasOpen = relay.isOpen;
  if (relay.state === "ended") {
    share.end();
    sayJoined(goneWords(relay.reason));
    $("scan-again").hidden = false;
  }
  render();
}

function sayJoined(words) {
  show($("joined"), words);
}

function render() {
  connection.render(relay);
  readings.render(relay.isOpen);
  stop.render();
  share.render(relay.isOpen);
  point.render();
  picker.render();
  plot.show({
    rotor: readings.rotor.value,
    target: readings.targetDirection,
    isLive: relay.isOpen && readings.rotor.isLive,
  });
  renderSummary();
}

/** The rotor in one line, for the sections that do not show it. */
function renderSummary() {
  const { value, age, isLive } = readings.rotor;
  const isOld = value !== null && !(relay.isOpen && isLive);
  $("summary").classList.toggle("old", isOld);
  show($("summary-rotor"), value === null
    ? "No rotor heard yet"
    : `az ${Math.round(value.azimuth)}° el ${Math.round(value.elevation)}° · ${value.mode ?? "–"}`);
  show($("summary-age"), value === null ? "" : `${isOld ? "old: " : ""}${ageText(age)}`);
}

setInterval(() => {
  if (document.visibilityState === "visible") render();
}, RENDER_MILLISECONDS);
setInterval(() => {
  const isSeen = document.visibilityState === "visible" && $("section-abilities").offsetParent;
  if (isSeen) abilities.probe();
}, PROBE_MILLISECONDS);

relay.start();
join({
  token,
  say: sayJoined,
  isOver: () => relay.state === "ended",
  onJoined: () => showTrackers(token),
});
share.resume();
abilities.probe();
offerWayOut(token);
