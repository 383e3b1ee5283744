// The laptop's page: makes the session, shows its code, picks the rotor, watches and stops it.

import {
  $, Reading, Refused, ageText, keep, kept, placeText, request, show, showAge,
} from "./live.js";
import { ConnectionView, RotorReadings, StopControl, announce, wireModes } from "./panel.js";
import { PolarPlot } from "./polar.js";
import { Relay } from "./relay.js";

const SESSION_KEY = "boresight.session";
const TOKEN_KEY = "boresight.token";
const RENDER_MILLISECONDS = 500;
const STATION_MILLISECONDS = 2000;
const PAIRED_MILLISECONDS = 3000;

let session = null;
let relay = null;
let rotors = [];
let pairedRotor = null;
const readings = new RotorReadings();
const station = new Reading();
const phone = new Reading();
const connection = new ConnectionView();
const plot = new PolarPlot($("polar"));
const stop = new StopControl(() => relay, stopByRequest);

/** STOP by a second way: it needs no relay, and the session's own token is right enough. */
function stopByRequest() {
  if (!pairedRotor) return Promise.reject(new Error("no rotor is paired"));
  const bearer = session?.token ?? $("admin-token").value;
  return request("POST", `/api/rotors/${pairedRotor.id}/stop`, { bearer });
}

// The session

async function resumeOrCreate() {
  const token = kept("sessionStorage", SESSION_KEY);
  if (token) {
    try {
      return useSession(await request("GET", `/api/sessions/${encodeURIComponent(token)}`));
    } catch (error) {
      if (error.status !== 404 && error.status !== 410) throw error;
    }
  }
  useSession(await request("POST", "/api/sessions"));
}

async function useSession(answer) {
  session = answer;
  keep("sessionStorage", SESSION_KEY, session.token);
  relay?.close();
  readings.clear();
  phone.clear();
  relay = new Relay(session.token, { onMessage: hear, onState: render });
  $("qr").src = `/pair/${session.token}/qr.svg`;
  $("qr").hidden = false;
  showPaired();
  await showAddresses();
}

async function showAddresses() {
  const { urls } = await request(
    "GET", `/v1/pairing-urls?token=${encodeURIComponent(session.token)}`);
  const [best, ...others] = urls;
  $("pair-url").href = best;
  show($("pair-url"), best);
  $("local-only").hidden = !/\/\/(localhost|127\.|\[::1\])/.test(best);
  $("other-urls").hidden = others.length === 0;
  $("other-urls-list").replaceChildren(...others.map((url) => {
    const link = document.createElement("a");
    link.href = link.textContent = url;
    const item = document.createElement("li");
    item.append(link);
    return item;
  }));
}

async function newSession() {
  const old = session;
  try {
    await useSession(await request("POST", "/api/sessions"));
    if (pairedRotor) await pair(pairedRotor.id);
    if (old) await request("DELETE", `/api/sessions/${encodeURIComponent(old.token)}`);
    announce("A new session has begun; the old code is void.");
  } catch (error) {
    announce(error.message);
  }
}

function showPaired() {
  show($("paired-state"), session.is_paired
    ? "A phone has joined this session." : "Waiting for a phone to join.");
}

async function watchPairing() {
  if (session && !session.is_paired) {
    try {
      session = await request("GET", `/api/sessions/${encodeURIComponent(session.token)}`);
      showPaired();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
  }
  setTimeout(watchPairing, PAIRED_MILLISECONDS);
}

// What is heard

function hear(message) {
  switch (message.type) {
    case "rotor":
    case "target":
      readings.hear(message);
      if (message.type === "rotor") stop.rotorSays(message);
      break;
    case "location": {
      const [longitude, latitude, altitude] = message.geometry?.coordinates ?? [];
      if (placeText(latitude, longitude)) phone.set({ longitude, latitude, altitude });
      break;
    }
    case "peer.joined":
    case "peer.left":
      if (Number.isInteger(message.peers)) show($("peers"), String(message.peers));
      break;
    default: return;
  }
  render();
}

async function watchStation() {
  try {
    const answer = await request("GET", "/api/station");
    station.set(answer, answer.age_seconds ?? 0);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  }
  setTimeout(watchStation, STATION_MILLISECONDS);
}

function stationText({ latitude, longitude, altitude, source, fix, problem }) {
  const place = placeText(latitude, longitude, altitude);
  if (!place) return problem ?? "position not known";
  return source === "fixed" ? `${place} (fixed)` : `${place} (gpsd, fix ${fix})`;
}

// The rotor

async function loadRotors() {
  rotors = await request("GET", "/api/rotors");
  const chosen = $("rotor-select").value;
  $("rotor-select").replaceChildren(new Option("– none –", ""), ...rotors.map(
    (rotor) => new Option(rotor.name, String(rotor.id))));
  $("rotor-select").value = chosen || (rotors.length === 1 ? String(rotors[0].id) : "");
  showRotor();
}

function showRotor() {
  plot.setLimits(rotors.find((rotor) => String(rotor.id) === $("rotor-select").value) ?? null);
}

async function pair(id) {
  const bearer = $("admin-token").value.trim();
  await request("POST", `/api/rotors/${id}/pair`, { bearer, body: { token: session.token } });
  keep("sessionStorage", TOKEN_KEY, bearer);
  pairedRotor = rotors.find((rotor) => rotor.id === id) ?? { id };
  $("unpair-rotor").hidden = $("forget-token").hidden = false;
}

async function pairChosen(event) {
  event.preventDefault();
  const id = Number($("rotor-select").value);
  if (!id) return tellRotor("Choose a rotor first.", true);
  try {
    await pair(id);
    tellRotor(`${pairedRotor.name ?? "The rotor"} obeys this session now.`);
  } catch (error) {
    tellRotor(error.message, true);
  }
}

async function unpair() {
  try {
    const bearer = $("admin-token").value.trim();
    await request("DELETE", `/api/rotors/${pairedRotor.id}/pair`, { bearer });
    pairedRotor = null;
    $("unpair-rotor").hidden = true;
    readings.clear();
    tellRotor("The rotor no longer obeys this session.");
  } catch (error) {
    tellRotor(error.message, true);
  }
}

function tellRotor(text, isBad = false) {
  show($("rotor-message"), text);
  $("rotor-message").classList.toggle("bad", isBad);
}

// Pointing by hand

function pointByHand(event) {
  event.preventDefault();
  const fields = [[$("target-azimuth"), -360, 720], [$("target-elevation"), -90, 90]];
  const values = fields.map(([field, low, high]) => {
    const value = field.value.trim() === "" ? NaN : Number(field.value.replace(",", "."));
    const isGood = value >= low && value <= high;
    field.setAttribute("aria-invalid", String(!isGood));
    return isGood ? value : NaN;
  });
  const [azimuth, elevation] = values;
  if (values.some(Number.isNaN)) {
    return tellPoint("Azimuth is -360 to 720, elevation -90 to 90 degrees.", true);
  }
  const isSent = relay?.send({ type: "mode", mode: "manual" })
    && relay.send({ type: "target", target: { azimuth, elevation } });
  if (isSent) {
    stop.forget();
    readings.target.set({ azimuth, elevation });
  }
  tellPoint(isSent ? "Sent." : "Not sent: there is no connection.", !isSent);
  render();
}

function tellPoint(text, isBad) {
  show($("point-message"), text);
  $("point-message").classList.toggle("bad", isBad);
}

// Showing

function render() {
  const isConnected = relay?.isOpen ?? false;
  connection.render(relay);
  readings.render(isConnected);
  stop.render();
  plot.show({
    rotor: readings.rotor.value, target: readings.targetDirection,
    isLive: isConnected && readings.rotor.isLive,
  });
  if (station.value) show($("station"), stationText(station.value));
  if (station.value?.source === "gpsd") {
    showAge($("station-age"), station, $("station-row"), true);
  }
  if (phone.value) {
    const { latitude, longitude, altitude } = phone.value;
    show($("phone"), placeText(latitude, longitude, altitude));
    showAge($("phone-age"), phone, $("phone-row"), isConnected);
  }
  if (session) showExpiry();
}

function showExpiry() {
  const seconds = (Date.parse(session.expires_at) - Date.now()) / 1000;
  show($("expires"), seconds <= 0 ? "This session has expired."
    : `Expires in ${ageText(seconds).replace(" ago", "")}.`);
}

// Beginning

$("admin-token").value = kept("sessionStorage", TOKEN_KEY) ?? "";
$("forget-token").hidden = $("admin-token").value === "";
$("forget-token").addEventListener("click", () => {
  keep("sessionStorage", TOKEN_KEY, null);
  $("admin-token").value = "";
  $("forget-token").hidden = true;
});
$("pair-form").addEventListener("submit", pairChosen);
$("unpair-rotor").addEventListener("click", unpair);
$("rotor-select").addEventListener("change", showRotor);
$("rotor-select").addEventListener("focus", () => loadRotors().catch(() => {}));
$("target-form").addEventListener("submit", pointByHand);
$("new-session").addEventListener("click", newSession);
wireModes(() => relay, stop, () => (pairedRotor ? "" : "Pair a rotor first."));
setInterval(render, RENDER_MILLISECONDS);
watchStation();
watchPairing();

/** Tries until the station answers: the page may have been opened before the daemon. */
async function begin() {
  try {
    await loadRotors();
    await resumeOrCreate();
  } catch (error) {
    announce(error.message);
    setTimeout(begin, STATION_MILLISECONDS);
  }
}

begin();
