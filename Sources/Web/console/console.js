// The console: what the operator looks at, put together.

import { $, LIVE_SECONDS, Reading, request, show, stationClock } from "../shell/live.js";
import { ConnectionView } from "../shell/connection.js";
import { pulse } from "../shell/pulse.js";
import { RotorReadings, StopControl, hearPeers, wireModes } from "../rotor/panel.js";
import { PolarPlot } from "../rotor/polar.js";
import { account } from "../shell/account.js";
import { HealthCard } from "./health.js";
import { LeaseCard } from "./lease.js";
import { PairingCard } from "./pairing.js";
import { Pointing } from "./pointing.js";
import { RotorList } from "./rotors.js";
import { PairingSession } from "./session.js";
import { RotorSetup } from "./setup.js";
import { StationView } from "./station.js";
import { WifiCard } from "./wifi.js";

const RENDER_MILLISECONDS = 250;
/** The rotor is asked over HTTP when the relay has told nothing for so long. */
const ASK_MILLISECONDS = 2000;

/** The last word of a rotor over the relay: while it is fresh, the session has a rotor. */
const heard = new Reading();

const readings = new RotorReadings();
const connection = new ConnectionView();
const plot = new PolarPlot($("polar"));
const session = new PairingSession({
  onMessage: hear,
  onState: render,
  onOpen: () => {
    heard.clear();
    station.forgetPhone();
    pairing.opened();
    rotors.sessionChanged();
  },
  isStopWanted: () => stop.isUnsent,
});
const pairing = new PairingCard(session);
const station = new StationView({ onPick: (place) => pointing.pickPlace(place) });
const health = new HealthCard();
const lease = new LeaseCard({ owner: () => readings.rotor.value?.owner ?? null });
const pointing = new Pointing({
  session: () => session,
  rotor: () => rotors.chosen,
  status: () => readings.rotor.value,
  target: () => readings.targetDirection,
  station: () => station.place,
  isHeard: () => heard.isLive || rotors.isPaired,
  onSent: (target) => {
    stop.forget();
    readings.hear({ type: "target", target });
    render();
  },
});
const rotors = new RotorList({
  session,
  onChoice: (rotor) => {
    plot.setLimits(setup.draft ?? rotor);
    plot.setTrail([]);
    lease.follow(rotor);
    readings.clear();
    show($("rotor-trouble"), "");
    heard.clear();
    askRotor();
  },
});
const stop = new StopControl(() => session.relay, () => rotors.stop());
const setup = new RotorSetup({
  chosen: () => rotors.chosen,
  onDraft: () => plot.setLimits(setup.draft ?? rotors.chosen),
  onSaved: (rotor) => rotors.refresh(rotor),
});
new WifiCard();

wireModes(() => session.relay, stop, (mode) => {
  if (!heard.isLive && !rotors.isPaired) return "No rotor is paired yet.";
  return mode === "track" && !station.isPhoneLive ? "The phone sends no position yet." : "";
});
plot.onPick = (direction) => pointing.pickDirection(direction);
plot.wireMirror($("mirror"));

function hear(message) {
  if (message.type === "rotor") return hearRotor(message);
  readings.hear(message);
  switch (message.type) {
    case "location":
      station.hearPhone(message);
      break;
    case "peer.joined":
    case "peer.left":
      hearPeers(message);
      session.refresh();
      break;
  }
  render();
}

function hearRotor(message) {
  const age = stationClock.secondsSince(message.time);
  // The relay keeps the last message of a rotor that has left the session.
  if (age > LIVE_SECONDS && !rotors.isAbout(message.name)) return;
  if (!rotors.isAbout(message.name)) rotors.follow(message.name);
  heard.set(true, age);
  readings.hear(message);
  if (readings.rotor.value) stop.rotorSays(readings.rotor.value);
  render();
}

async function askRotor() {
  const path = rotors.path("position");
  if (!path) return;
  if (readings.rotor.value && readings.rotor.age < ASK_MILLISECONDS / 1000) return;
  try {
    const position = await request("GET", path, { bearer: account.bearer });
    if (rotors.path("position") !== path) return;
    readings.hearRotor(position, position.timestamp);
    show($("rotor-trouble"), "");
    if (readings.rotor.value) stop.rotorSays(readings.rotor.value);
  } catch (error) {
    if (error.status !== 0) show($("rotor-trouble"), error.message);
  }
  render();
}

function render() {
  const isConnected = session.relay?.isOpen ?? false;
  const isRotorLive = isConnected && readings.rotor.isLive;
  const rotor = readings.rotor.value;
  connection.render(session.relay);
  readings.render(isConnected);
  stop.render();
  plot.show({
    rotor, target: readings.targetDirection, isLive: isRotorLive,
    way: rotor?.aim ? [...rotor.corners, rotor.aim] : [],
  });
  station.render({ rotor, target: readings.target.value, isRotorLive, isConnected });
  rotors.heard(readings.rotor);
  rotors.render(isConnected);
  pairing.render();
  lease.render();
  health.render();
  document.title = isConnected && rotor
    ? `${$("rotor-azimuth").textContent} ${$("rotor-elevation").textContent} – Boresight`
    : "Boresight";
}

setInterval(render, RENDER_MILLISECONDS);
pulse(ASK_MILLISECONDS, askRotor);
session.open();
