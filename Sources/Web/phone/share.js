// The section "Share": one way of sending the position at a time, and what became of it.

import {
  $, LIVE_SECONDS, Reading, durationText, keep, kept, placeText, show, showAge,
} from "../shell/live.js";
import { goneWords } from "./joining.js";
import { accuracyText } from "./places.js";
import { PositionSharing, whyNoGeolocation } from "./sharing.js";
import { TypedPosition } from "./typed.js";

/** A pause this long in what is sent is told. */
const NOTICEABLE_SECONDS = 10;
const KEY = "sharing";

/** `sent` is the last position that went out, in words; `place` is the same as numbers. */
export class Share {
  sent = new Reading();
  place = null;
  #session;
  #relay;
  #hold;
  #sentAt = null;
  #sharing;
  #typed;

  /** `session` is the token; what was asked for is asked for again after a reload. */
  constructor({ session, relay, hold, picker }) {
    this.#session = session;
    this.#relay = relay;
    this.#hold = hold;
    this.#sharing = new PositionSharing({
      send: (fix) => this.#send(fix),
      onChange: (text, isBad) => this.#sharingSays(text, isBad),
    });
    this.#typed = new TypedPosition({
      send: (place) => this.#send(place),
      onBegin: () => this.#sharing.end(),
      onChange: () => this.#changed(),
    });
    $("share-position").addEventListener("click", () => {
      if (this.#sharing.isOn) this.#sharing.end();
      else this.begin();
    });
    $("pick-position").addEventListener("click", async () => {
      const place = await picker.pick({ title: "Where am I?", use: "I am here: send" });
      if (!place) return;
      this.#typed.fill(place);
      this.#typed.sendNow();
      this.#changed();
    });
    const refusal = whyNoGeolocation();
    $("share-position").hidden = refusal !== "";
    $("why-no-geolocation").hidden = refusal === "";
    $("typed").open = refusal !== "";
    show($("why-no-geolocation"), refusal);
  }

  /** What is sent over and over: `position`, `typed` or null. */
  get kind() {
    if (this.#sharing.isOn) return "position";
    return this.#typed.isKept ? "typed" : null;
  }

  /** Shares the phone's own position; false when this browser does not give it. */
  begin() {
    if (whyNoGeolocation() !== "") return false;
    if (this.#relay.state === "ended") {
      this.#sharingSays(goneWords(this.#relay.reason), true);
      return true;
    }
    this.#typed.isKept = false;
    show($("pause"), "");
    this.#sharing.begin();
    return true;
  }

  /** Goes on with what was asked for before the page was reloaded. */
  async resume() {
    const [session, kind, sentAt] = (kept("sessionStorage", KEY) ?? "").split(" ");
    if (session !== this.#session) return;
    if (Number(sentAt) > 0) this.#sentAt = Number(sentAt);
    if (kind === "typed") {
      this.#typed.isKept = true;
      this.#typed.connected();
      this.#changed();
    } else if (kind === "position" && await isStillAllowed()) {
      this.begin();
    } else if (kind === "position") {
      this.#sharingSays("You shared your position before this page was reloaded. Press to go on.",
        true);
      return;
    }
    this.#tellPause("This page was reloaded", this.#sentAt);
  }

  /** There is a connection again. */
  connected() {
    this.#sharing.connected();
    this.#typed.connected();
  }

  /** The page is back after `seconds` out of sight or asleep. */
  woke({ seconds, wasHidden }) {
    if (this.kind === null) return;
    const cause = wasHidden
      ? "The phone slept, or this page was out of sight," : "The phone slept";
    this.#tellPause(`${cause} for ${durationText(seconds)}`, Date.now() - seconds * 1000);
    this.#sharing.woke();
  }

  /** The session is over. */
  end() {
    this.#sharing.end();
    this.#typed.isKept = false;
    this.#changed();
  }

  render(isConnected) {
    show($("sent"), this.sent.value ?? "Not sent yet.");
    showAge($("sent-age"), this.sent, $("sent-row"), isConnected);
    show($("screen"), this.kind === null ? "" : this.#hold.words);
    const isGoingOut = isConnected && this.sent.isLive;
    $("sharing-mark").hidden = this.kind === null;
    $("sharing-mark").classList.toggle("bad", !isGoingOut);
    show($("sharing-mark-words"), isGoingOut ? "sharing" : "not sent");
  }

  #sharingSays(text, isBad) {
    show($("geolocation-state"), text);
    $("geolocation-state").classList.toggle("bad", isBad);
    $("share-position").setAttribute("aria-pressed", String(this.#sharing.isOn));
    show($("share-position"),
      this.#sharing.isOn ? "Stop sharing my position" : "Share my position");
    this.#changed();
  }

  #changed() {
    this.#hold.want("sharing", this.kind !== null);
    this.#remember();
  }

  #remember() {
    const words = this.kind && [this.#session, this.kind, this.#sentAt ?? 0].join(" ");
    keep("sessionStorage", KEY, words);
  }

  /** Tells of a pause since `from`, with what was sent in it after all. */
  #tellPause(words, from) {
    const silence = (Date.now() - (this.#sentAt ?? from)) / 1000;
    if (from === null || silence < NOTICEABLE_SECONDS) return;
    const until = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    const length = (this.#sentAt ?? 0) > from + 1000
      ? `the last ${durationText(silence)} of it nothing was sent`
      : "nothing was sent meanwhile";
    show($("pause"), `${words}, until ${until}: ${length}.`);
  }

  /** Sends `{latitude, longitude, altitude?, accuracy?, time}`; true when it went out. */
  #send({ latitude, longitude, altitude, accuracy, time }) {
    const coordinates = [longitude, latitude];
    if (Number.isFinite(altitude)) coordinates.push(altitude);
    const message = {
      type: "location",
      geometry: { type: "Point", coordinates },
      // The station's times have whole seconds.
      time: new Date(time).toISOString().replace(/\.\d+Z$/, "Z"),
    };
    if (Number.isFinite(accuracy)) message.accuracy = accuracy;
    if (!this.#relay.send(message)) return false;
    const about = Number.isFinite(accuracy) ? ` ${accuracyText(accuracy)}` : "";
    const fixAge = (Date.now() - time) / 1000;
    const then = fixAge > LIVE_SECONDS ? `, a fix ${durationText(fixAge)} old` : "";
    this.sent.set(`Sent: ${placeText(latitude, longitude, altitude)}${about}${then}`);
    this.place = { latitude, longitude, accuracyMetres: accuracy };
    this.#sentAt = Date.now();
    this.#remember();
    return true;
  }
}

/** Whether the browser would give the position without asking; some cannot tell, so they ask. */
async function isStillAllowed() {
  try {
    return (await navigator.permissions.query({ name: "geolocation" })).state === "granted";
  } catch {
    return true;
  }
}
