// The laptop's page: makes the session, shows its QR code, pairs a rotor, watches and commands it.

import {
  $, Reading, Refused, ageText, keep, kept, placeText, request, sentence, show, showAge,
  stationClock,
} from "./live.js";
import {
  ConnectionView, RotorReadings, StopControl, announce, hearPeers, wireModes,
} from "./panel.js";
import { PolarPlot } from "./polar.js";
import { Relay } from "./relay.js";
import { RotorChoice } from "./rotors.js";

const RENDER_MILLISECONDS = 250;
const STATION_MILLISECONDS = 3000;
/** The rotor is asked over HTTP when the relay has told nothing for so long, in seconds. */
const ASK_AFTER_SECONDS = 2;
const RETRY_SESSION_MILLISECONDS = 3000;

let session = null;
let relay = null;
/** A rotor has spoken over the relay: what another way tells may be about another rotor. */
let isRotorHeard = false;
const readings = new RotorReadings();
const phone = new Reading();
const station = new Reading();
const connection = new ConnectionView();
const plot = new PolarPlot($("polar"));
const rotors = new RotorChoice({
  token: () => session?.token ?? null,
  onChoice: (rotor) => {
    plot.setLimits(rotor);
    readings.clear();
    show($("rotor-trouble"), "");
    isRotorHeard = false;
    askRotor();
  },
});
const stop = new StopControl(() => relay, () => rotors.stop());

wireModes(() => relay, stop, (mode) => {
  if (!isRotorHeard && !rotors.isPaired) return "No rotor is paired yet.";
  return mode === "track" && !phone.isLive ? "The phone sends no position yet." : "";
});

// ---- The session

async function openSession() {
  const old = kept("sessionStorage", "session");
  try {
    let found = null;
    if (old) found = await request("GET", `/api/sessions/${old}`).catch(goneIsNull);
    use(found ?? (await request("POST", "/api/sessions")));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    show($("paired-state"), `No session: ${sentence(error.message)} Trying again.`);
    setTimeout(openSession, RETRY_SESSION_MILLISECONDS);
  }
}

function goneIsNull(error) {
  if (error.status === 404 || error.status === 410) return null;
  throw error;
}

function use(found) {
  session = found;
  keep("sessionStorage", "session", session.token);
  const isStopWaiting = stop.isUnsent;
  relay?.close();
  relay = new Relay(session.token, { onMessage: hear, onState: render });
  relay.start();
  if (isStopWaiting) relay.stop();
  isRotorHeard = false;
  phone.clear();
  $("qr").src = `/pair/${session.token}/qr.svg`;
  $("qr").hidden = false;
  showPairing();
  showAddresses();
  rotors.sessionChanged();
}

$("new-session").addEventListener("click", async () => {
  const old = session;
  session = null;
  relay?.close();
  keep("sessionStorage", "session", null);
  if (old) await request("DELETE", `/api/sessions/${old.token}`).catch(() => null);
  await openSession();
  announce("New session. Scan the new code with the phone.");
});

function showPairing() {
  show($("paired-state"), session.is_paired
    ? "A phone has joined." : "Waiting for a phone to scan the code.");
}

async function refreshSession() {
  if (!session || relay?.state === "ended") return;
  const found = await request("GET", `/api/sessions/${session.token}`).catch(() => null);
  if (found?.token !== session?.token) return;
  session = found;
  showPairing();
}

async function showAddresses() {
  const fallback = [`${location.origin}/pair/${session.token}`];
  const path = `/v1/pairing-urls?token=${session.token}`;
  const answer = await request("GET", path).catch(() => null);
  const isWeb = (url) => typeof url === "string" && /^https?:\/\//.test(url);
  const given = Array.isArray(answer?.urls) ? answer.urls.filter(isWeb) : [];
  const [best, ...others] = given.length > 0 ? given : fallback;
  $("pair-url").href = best;
  show($("pair-url"), best);
  $("local-only").hidden = !/^https?:\/\/(127\.|localhost|\[::1\])/.test(best);
  $("other-urls").hidden = others.length === 0;
  $("other-urls-list").replaceChildren(...others.map((url) => {
    const [item, link] = [document.createElement("li"), document.createElement("a")];
    link.href = link.textContent = url;
    item.append(link);
    return item;
  }));
}

function expiryText() {
  if (!session) return "";
  const seconds = Math.floor((Date.parse(session.expires_at) - stationClock.now()) / 1000);
  if (!(seconds > 0)) return "The code has expired.";
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h > 0 ? `Valid for ${h} h ${m} min.` : `Valid for ${m}:${String(s).padStart(2, "0")} min.`;
}

// ---- What is heard

function hear(message) {
  readings.hear(message);
  switch (message.type) {
    case "rotor":
      isRotorHeard = true;
      if (readings.rotor.value) stop.rotorSays(readings.rotor.value);
      break;
    case "location":
      hearPhone(message);
      break;
    case "peer.joined":
    case "peer.left":
      hearPeers(message);
      refreshSession();
      break;
  }
  render();
}

function hearPhone({ geometry, accuracy }) {
  const [longitude, latitude, altitude] =
    geometry?.type === "Point" && Array.isArray(geometry.coordinates) ? geometry.coordinates : [];
  const place = placeText(latitude, longitude, altitude);
  if (place) phone.set(place + (Number.isFinite(accuracy) ? ` ±${Math.ceil(accuracy)} m` : ""));
}

// ---- What is asked

async function askRotor() {
  const path = rotors.path("position");
  if (!path || (isRotorHeard && !rotors.isPaired)) return;
  if (readings.rotor.value && readings.rotor.age < ASK_AFTER_SECONDS) return;
  try {
    const position = await request("GET", path, { bearer: rotors.bearer });
    if (rotors.path("position") !== path) return;
    readings.hearRotor(position, position.timestamp);
    show($("rotor-trouble"), "");
    if (readings.rotor.value) stop.rotorSays(readings.rotor.value);
  } catch (error) {
    if (error.status !== 0) show($("rotor-trouble"), error.message);
  }
  render();
}

async function askStation() {
  const answer = await request("GET", "/api/station").catch(() => null);
  if (!answer) return;
  const place = placeText(answer.latitude, answer.longitude, answer.altitude);
  if (answer.source === "none" || !place) {
    station.set("does not know where it stands (start gpsd, or give --station LAT,LON)");
  } else if (answer.source === "fixed") {
    station.set(`${place} · fixed`);
  } else {
    const used = Number.isInteger(answer.satellites_used)
      ? `, ${answer.satellites_used} satellites` : "";
    const fix = answer.fix === "none" ? "no fix" : `${answer.fix} fix`;
    station.set(`${place} · ${answer.source} ${fix}${used}`, answer.age_seconds ?? 0);
  }
  render();
}

// ---- By hand

/** A number as people type it, decimal comma and degree sign included; NaN otherwise. */
function typedDegrees(input) {
  const text = input.value.trim().replace(/\s*°$/, "").replace(",", ".");
  return /^[-+]?\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
}

$("target-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const azimuth = typedDegrees($("target-azimuth"));
  const elevation = typedDegrees($("target-elevation"));
  const badAzimuth = !(azimuth >= -180 && azimuth <= 540);
  const badElevation = !(elevation >= -90 && elevation <= 180);
  $("target-azimuth").setAttribute("aria-invalid", String(badAzimuth));
  $("target-elevation").setAttribute("aria-invalid", String(badElevation));
  const message = $("point-message");
  message.classList.add("bad");
  if (badAzimuth || badElevation) {
    const which = badAzimuth ? "Azimuth: a number from −180 to 540." : "Elevation: −90 to 180.";
    return show(message, which);
  }
  const target = { azimuth, elevation };
  // The mode first would set off towards the previous target.
  const isSent = relay?.send({ type: "target", target })
    && relay.send({ type: "mode", mode: "manual" });
  if (!isSent) return show(message, "Not sent: there is no connection.");
  stop.forget();
  readings.hear({ type: "target", target });
  message.classList.remove("bad");
  show(message, rotors.isPaired || isRotorHeard ? "Sent." : "Sent, but no rotor is paired.");
  render();
});

// ---- What is shown

function render() {
  const isConnected = relay?.isOpen ?? false;
  connection.render(relay);
  readings.render(isConnected);
  stop.render();
  plot.show({
    rotor: readings.rotor.value,
    target: readings.targetDirection,
    isLive: isConnected && readings.rotor.isLive,
  });
  show($("phone"), phone.value ?? "none yet");
  showAge($("phone-age"), phone, $("phone-row"), isConnected);
  show($("station"), station.value ?? "–");
  showAge($("station-age"), station, $("station-row"), isConnected);
  show($("expires"), expiryText());
  document.title = isConnected && readings.rotor.value
    ? `${$("rotor-azimuth").textContent} ${$("rotor-elevation").textContent} – Boresight`
    : "Boresight";
  if (relay?.state === "ended") {
    $("qr").hidden = true;
    show($("paired-state"), `${sentence(relay.reason)} Start a new session.`.trim());
  }
}

setInterval(render, RENDER_MILLISECONDS);
setInterval(askStation, STATION_MILLISECONDS);
setInterval(() => { if (relay?.isOpen) askRotor(); }, ASK_AFTER_SECONDS * 1000);
setInterval(() => { if (session && !session.is_paired) refreshSession(); }, 5000);
askStation();
openSession();
