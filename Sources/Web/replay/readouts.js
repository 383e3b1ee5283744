// The moment in numbers, each with its age at that moment.

import { course } from "../map/geodesy.js";
import { $, placeText, show } from "../shell/live.js";
import { aimOf, isFresh } from "./pictures.js";
import { angleBetween } from "./then.js";
import { clockText, dateText, engineText, lengthText } from "./times.js";
import { SECOND } from "./scene.js";

/** Shows the two clocks. */
export function showClocks(scene, time) {
  const wall = scene.wallClock(time);
  show($("then-time"), clockText(wall, 3));
  show($("then-date"), `${dateText(wall)}, UTC`);
  show($("then-engine"), `${engineText(time)} after the start`);
  show($("past-moment"), `${dateText(wall)} ${clockText(wall)} UTC`);
}

/** Shows what was known of the rotor, its target, the phone and the station. */
export function showReadouts(state) {
  const { rotor, target, statement, phones, station, trueRotor } = state;
  show($("then-azimuth"), degrees(rotor?.azimuth));
  show($("then-elevation"), degrees(rotor?.elevation));
  showAge("then-rotor", rotor);
  show($("then-target"), target ? direction(target) : "none");
  showAge("then-target-box", target);
  const off = rotor && target ? `, off by ${degrees(angleBetween(rotor, target))}` : "";
  show($("then-off"), off);
  show($("then-mode"), statement?.mode ?? "–");
  show($("then-moving"), statement ? (statement.isMoving ? "moving" : "stands") : "–");
  showAge("then-mode-box", statement);
  const phone = [...phones].sort((a, b) => a.ageSeconds - b.ageSeconds)[0] ?? null;
  show($("then-phone"), phone ? placeWords(phone) : "has said nothing");
  show($("then-way"), station && phone ? `, ${way(station, phone)}` : "");
  showAge("then-phone-box", phone);
  show($("then-station"), station ? placeWords(station) : "unknown");
  showAge("then-station-box", station);
  $("then-truth-box").hidden = !trueRotor;
  if (trueRotor) show($("then-truth"), direction(trueRotor));
  show($("then-problems"), (statement?.problems ?? []).join("; "));
  const aim = aimOf(state);
  show($("then-aim"), !aim ? "" : aim === phone ? "The phone is followed." : "A place was named.");
}

/** "2.4 s before", and grey when it was old even then. */
function showAge(id, value) {
  const box = $(id);
  const isOld = value !== null && !isFresh(value);
  const words = value === null || value.ageSeconds < 0.05
    ? "" : `${lengthText(value.ageSeconds * SECOND)} before`;
  show(box.querySelector(".age"), (isOld ? "old: " : "") + words);
  box.classList.toggle("old", isOld);
}

function direction({ azimuth, elevation }) {
  return `az ${degrees(azimuth)}, el ${degrees(elevation)}`;
}

function placeWords({ latitude, longitude, altitude }) {
  return placeText(latitude, longitude, altitude ?? undefined) ?? "–";
}

function way(station, phone) {
  const { metres, azimuth } = course(station, phone);
  const distance = metres < 1000 ? `${Math.round(metres)} m` : `${(metres / 1000).toFixed(1)} km`;
  return `${distance} away at ${degrees(azimuth)}`;
}

/** "12.3°", or a dash; never "-0.0°". */
function degrees(value) {
  return Number.isFinite(value) ? `${(Math.round(value * 10) / 10 || 0).toFixed(1)}°` : "–";
}
