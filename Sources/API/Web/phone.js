// The phone's page: joins, says where it is, shows the rotor, stops it.

import { $, Reading, Refused, placeText, request, show, showAge } from "./live.js";
import { ConnectionView, RotorReadings, StopControl, announce, wireModes } from "./panel.js";
import { Relay } from "./relay.js";

const RENDER_MILLISECONDS = 500;
const REPEAT_MILLISECONDS = 2000;
const JOIN_AGAIN_MILLISECONDS = 3000;
const DEVICE_CHARACTERS = 120;

const token = decodeURIComponent(location.pathname.split("/")[2] ?? "");
const readings = new RotorReadings();
const sent = new Reading();
const connection = new ConnectionView();
let relay = null;
let watch = null;
let repeat = null;
const stop = new StopControl(() => relay);

async function join() {
  try {
    const body = { device_info: navigator.userAgent.slice(0, DEVICE_CHARACTERS) };
    await request("POST", `/api/sessions/${encodeURIComponent(token)}/join`, { body });
    show($("joined"), "This phone has joined.");
  } catch (error) {
    show($("joined"), error.message);
    if (error.status === 404 || error.status === 410) {
      return announce("Scan the code on the laptop again.");
    }
    if (!(error instanceof Refused)) throw error;
    return setTimeout(join, JOIN_AGAIN_MILLISECONDS);
  }
  relay = new Relay(token, { onMessage: hear, onState: render });
}

function hear(message) {
  switch (message.type) {
    case "rotor":
    case "target":
      readings.hear(message);
      if (message.type === "rotor") stop.rotorSays(message);
      break;
    case "peer.joined":
    case "peer.left":
      if (Number.isInteger(message.peers)) show($("peers"), String(message.peers));
      break;
    default: return;
  }
  render();
}

// Sending the position

function sendPosition({ latitude, longitude, altitude, accuracy }) {
  const coordinates = [longitude, latitude];
  if (Number.isFinite(altitude)) coordinates.push(altitude);
  const message = {
    type: "location", geometry: { type: "Point", coordinates }, time: new Date().toISOString(),
  };
  if (Number.isFinite(accuracy)) message.accuracy = accuracy;
  if (!relay?.send(message)) return false;
  sent.set({ latitude, longitude, altitude, accuracy });
  render();
  return true;
}

function startSharing() {
  $("share-position").setAttribute("aria-pressed", "true");
  show($("share-position"), "Stop sharing");
  show($("geolocation-state"), "Looking for the position…");
  watch = navigator.geolocation.watchPosition(
    ({ coords }) => {
      const isSent = sendPosition(coords);
      show($("geolocation-state"), (isSent ? "" : "Not sent: no connection. ")
        + `Accurate to ${Math.round(coords.accuracy)} m.`);
    },
    (error) => {
      const why = {
        1: "This browser was not allowed to see the position. Allow it in the site's settings.",
        2: "The phone does not know where it is.",
        3: "Finding the position took too long; still trying.",
      };
      show($("geolocation-state"), why[error.code] ?? error.message);
    },
    { enableHighAccuracy: true, maximumAge: 1000, timeout: 15000 });
}

function stopSharing() {
  navigator.geolocation.clearWatch(watch);
  watch = null;
  $("share-position").setAttribute("aria-pressed", "false");
  show($("share-position"), "Share my position");
  show($("geolocation-state"), "");
}

/** Browsers give a position to pages from HTTPS or from this very device only. */
function explainGeolocation() {
  const isPossible = window.isSecureContext && "geolocation" in navigator;
  $("share-position").hidden = !isPossible;
  $("why-no-geolocation").hidden = isPossible;
  if (isPossible) return;
  show($("why-no-geolocation"), window.isSecureContext
    ? "This browser has no position to share. Type it in below."
    : "This page came over plain HTTP, and browsers then keep the position to themselves. "
      + "Type it in below, or serve the station over HTTPS (settings tls.certificate and tls.key).");
}

// A typed position

/** A number with point or comma, and N, S, E, W for the sign; NaN for anything else. */
function coordinate(text, positive, negative) {
  const match = /^\s*([+-]?\d+(?:[.,]\d+)?)\s*°?\s*([A-Za-z]?)\s*$/.exec(text);
  if (!match) return NaN;
  const value = Number(match[1].replace(",", "."));
  const letter = match[2].toUpperCase();
  if (letter === "" || letter === positive) return value;
  return letter === negative ? -value : NaN;
}

function typedPosition() {
  const latitude = coordinate($("latitude").value, "N", "S");
  const longitude = coordinate($("longitude").value, "E", "W");
  const altitudeText = $("altitude").value.trim();
  const altitude = altitudeText === "" ? undefined : coordinate(altitudeText, "", "");
  const checks = [
    [$("latitude"), Math.abs(latitude) <= 90], [$("longitude"), Math.abs(longitude) <= 180],
    [$("altitude"), altitude === undefined || Number.isFinite(altitude)],
  ];
  for (const [field, isGood] of checks) field.setAttribute("aria-invalid", String(!isGood));
  return checks.every(([, isGood]) => isGood) ? { latitude, longitude, altitude } : null;
}

function sendTyped() {
  const position = typedPosition();
  const message = $("position-message");
  message.classList.toggle("bad", position === null);
  if (!position) {
    show(message, "Latitude is -90 to 90, longitude -180 to 180, altitude in metres.");
    return false;
  }
  const isSent = sendPosition(position);
  message.classList.toggle("bad", !isSent);
  show(message, isSent ? "Sent." : "Not sent: there is no connection.");
  return isSent;
}

function keepSending() {
  clearInterval(repeat);
  if ($("keep-sending").checked) {
    sendTyped();
    repeat = setInterval(sendTyped, REPEAT_MILLISECONDS);
  }
}

// Showing

function render() {
  const isConnected = relay?.isOpen ?? false;
  connection.render(relay);
  readings.render(isConnected);
  stop.render();
  if (!sent.value) return;
  const { latitude, longitude, altitude } = sent.value;
  show($("sent"), `Sent: ${placeText(latitude, longitude, altitude)}`);
  showAge($("sent-age"), sent, $("sent-row"), isConnected);
}

$("share-position").addEventListener(
  "click", () => (watch === null ? startSharing() : stopSharing()));
$("position-form").addEventListener("submit", (event) => {
  event.preventDefault();
  sendTyped();
});
$("keep-sending").addEventListener("change", keepSending);
wireModes(() => relay, stop);
explainGeolocation();
setInterval(render, RENDER_MILLISECONDS);
join();
