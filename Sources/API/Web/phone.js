// The phone's page: joins the session, sends where it is, shows the rotor, stops it.

import {
  $, Reading, Refused, keep, kept, placeText, request, sentence, show, showAge,
} from "./live.js";
import { ConnectionView, RotorReadings, StopControl, hearPeers, wireModes } from "./panel.js";
import { Relay } from "./relay.js";
import { PositionSharing, typedAltitude, typedAngle, whyNoGeolocation } from "./sharing.js";

const RENDER_MILLISECONDS = 250;
const REPEAT_MILLISECONDS = 2000;
const REJOIN_MILLISECONDS = 3000;
const SCAN_AGAIN = "Scan the code on the laptop again.";

const token = decodeURIComponent(location.pathname.split("/")[2] ?? "");
const readings = new RotorReadings();
const sent = new Reading();
const connection = new ConnectionView();
let isJoined = false;

const relay = new Relay(token, { onMessage: hear, onState: render });
const stop = new StopControl(() => relay);
wireModes(() => relay, stop, () =>
  sent.isLive ? "" : "This phone sends no position at the moment.");

// ---- Joining

async function join() {
  if (isJoined || relay.state === "ended") return;
  const path = `/api/sessions/${encodeURIComponent(token)}/join`;
  try {
    await request("POST", path, { body: { device_info: deviceWords(navigator.userAgent) } });
    isJoined = true;
    show($("joined"), "Joined. Leave by closing this page.");
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const isGone = error.status === 404 || error.status === 410;
    show($("joined"), isGone
      ? `${sentence(error.message)} ${SCAN_AGAIN}` : `Not joined: ${error.message}`);
    if (!isGone) setTimeout(join, REJOIN_MILLISECONDS);
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

// ---- Sending the position

/** Sends `{latitude, longitude, altitude?, accuracy?, time}`; true when it went out. */
function sendPosition({ latitude, longitude, altitude, accuracy, time }) {
  const coordinates = [longitude, latitude];
  if (Number.isFinite(altitude)) coordinates.push(altitude);
  const message = {
    type: "location",
    geometry: { type: "Point", coordinates },
    // The station's times have whole seconds.
    time: new Date(time).toISOString().replace(/\.\d+Z$/, "Z"),
  };
  if (Number.isFinite(accuracy)) message.accuracy = accuracy;
  if (!relay.send(message)) return false;
  const about = Number.isFinite(accuracy) ? ` ±${Math.ceil(accuracy)} m` : "";
  sent.set(`Sent: ${placeText(latitude, longitude, altitude)}${about}`);
  render();
  return true;
}

const sharing = new PositionSharing({
  onPosition: sendPosition,
  onChange: (text, isBad) => {
    show($("geolocation-state"), text);
    $("geolocation-state").classList.toggle("bad", isBad);
    $("share-position").setAttribute("aria-pressed", String(sharing.isOn));
    show($("share-position"), sharing.isOn ? "Stop sharing my position" : "Share my position");
  },
});

$("share-position").addEventListener("click", () => {
  if (sharing.isOn) return sharing.end();
  $("keep-sending").checked = false;
  sharing.begin();
});

const refusal = whyNoGeolocation();
$("share-position").hidden = refusal !== "";
$("why-no-geolocation").hidden = refusal === "";
show($("why-no-geolocation"), refusal);

// ---- The position typed in

const fields = ["latitude", "longitude", "altitude"];
for (const name of fields) $(name).value = kept("localStorage", `typed-${name}`) ?? "";

/** Takes both at once, as maps copy them: "48.1371, 11.5754". */
function splitPair() {
  const pair = /^\s*([^,;]+\.[^,;]*)[,;]\s*([^,;]+\.[^,;]+?)\s*$/.exec($("latitude").value);
  if (pair) [$("latitude").value, $("longitude").value] = [pair[1].trim(), pair[2]];
}

$("latitude").addEventListener("change", splitPair);

/** The typed position, or null after saying what is wrong with it. */
function typedPosition() {
  splitPair();
  const position = {
    latitude: typedAngle($("latitude").value, 90, "N", "S"),
    longitude: typedAngle($("longitude").value, 180, "EO", "W"),
    altitude: typedAltitude($("altitude").value),
  };
  const expected = {
    latitude: "Latitude: a number from −90 to 90, or like 33.87 S.",
    longitude: "Longitude: a number from −180 to 180, or like 70.5 W.",
    altitude: "Altitude: metres above the ellipsoid, or nothing.",
  };
  const wrong = fields.filter((name) => Number.isNaN(position[name]));
  for (const name of fields) $(name).setAttribute("aria-invalid", String(wrong.includes(name)));
  say(wrong.map((name) => expected[name]).join(" "), true);
  return wrong.length > 0 ? null : position;
}

function sendTyped() {
  const position = typedPosition();
  if (!position) return false;
  for (const name of fields) keep("localStorage", `typed-${name}`, $(name).value);
  const isSent = sendPosition({ ...position, time: Date.now() });
  if (!isSent) say("Not sent: there is no connection.", true);
  return isSent;
}

function say(text, isBad) {
  show($("position-message"), text);
  $("position-message").classList.toggle("bad", isBad);
}

$("position-form").addEventListener("submit", (event) => {
  event.preventDefault();
  if (sharing.isOn) sharing.end();
  if (sendTyped()) say("Sent.", false);
});

$("keep-sending").addEventListener("change", () => {
  if (!$("keep-sending").checked) return;
  if (typedPosition() === null) $("keep-sending").checked = false;
  else if (sharing.isOn) sharing.end();
  if ($("keep-sending").checked) sendTyped();
});

setInterval(() => {
  if ($("keep-sending").checked) sendTyped();
}, REPEAT_MILLISECONDS);

// ---- What is heard and shown

function hear(message) {
  readings.hear(message);
  if (message.type === "rotor" && readings.rotor.value) stop.rotorSays(readings.rotor.value);
  if (message.type === "peer.joined" || message.type === "peer.left") hearPeers(message);
  render();
}

function render() {
  connection.render(relay);
  readings.render(relay.isOpen);
  stop.render();
  show($("sent"), sent.value ?? "Not sent yet.");
  showAge($("sent-age"), sent, $("sent-row"), relay.isOpen);
  if (relay.state === "ended") {
    sharing.end();
    $("keep-sending").checked = false;
    show($("joined"), `${sentence(relay.reason)} ${SCAN_AGAIN}`.trim());
  }
}

setInterval(render, RENDER_MILLISECONDS);
relay.start();
join();
