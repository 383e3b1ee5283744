// Who has the rotor's device to themselves, and until when: take it, give it back, hand it over.

import { account } from "../shell/account.js";
import { $, Refused, show, stationClock } from "../shell/live.js";
import { pulse } from "../shell/pulse.js";
import { countdownText, timeText } from "../shell/times.js";

const ASK_MILLISECONDS = 5000;

export class LeaseCard {
  #device = null;
  #lease = null;
  #isAsked = false;
  #ask;
  #owner;

  /** `owner()` is the holder's e-mail address as the rotor tells it, or null. */
  constructor({ owner }) {
    this.#owner = owner;
    this.#ask = pulse(ASK_MILLISECONDS, () => this.#look());
    account.follow(() => {
      this.#forget();
      this.#ask();
    });
    $("take-lease").addEventListener("submit", (event) => {
      event.preventDefault();
      const duration = Number($("lease-duration").value);
      const body = { device: this.#device, ...(duration > 0 ? { duration } : {}) };
      this.#do("", body, "");
    });
    $("release-lease").addEventListener("click", () =>
      this.#do(`/${this.#lease.id}/release`, {}, "Given back."));
    $("hand-over").addEventListener("submit", (event) => {
      event.preventDefault();
      const user = $("hand-over-to").value.trim();
      if (user === "") return this.#say("Type the e-mail address of who is to have it.", true);
      this.#do(`/${this.#lease.id}/hand-over`, { user }, `Handed over to ${user}.`);
    });
  }

  /** Another rotor was chosen, or none. */
  follow(rotor) {
    const device = typeof rotor?.device === "string" ? rotor.device : null;
    if (device === this.#device) return;
    this.#device = device;
    this.#forget();
    this.#say("");
    this.#ask();
  }

  render() {
    $("lease").hidden = this.#device === null;
    if (this.#device === null) return;
    const isMine = this.#lease !== null && this.#lease.user === account.me?.id;
    show($("lease-state"), this.#words(isMine));
    $("take-lease").hidden = !this.#isAsked || this.#lease !== null;
    $("lease-actions").hidden = this.#lease === null;
    show($("release-lease"), isMine ? "Give back" : "End their lease");
  }

  #words(isMine) {
    if (!account.bearer) return "Sign in to see who has this rotor, and to take it.";
    if (!this.#isAsked) return "Asking…";
    if (this.#lease === null) {
      const other = this.#owner();
      return other ? `${other} has it.` : "Free: it obeys everybody who may turn rotors.";
    }
    const who = isMine ? "You have it" : `${this.#owner() ?? "Somebody else"} has it`;
    return `${who}${untilText(this.#lease)}.`;
  }

  async #look() {
    if (this.#device === null || !account.bearer) return;
    const device = this.#device;
    try {
      const path = `/api/v1/sessions?active=true&limit=1&device=${encodeURIComponent(device)}`;
      const answer = await account.request("GET", path);
      if (device !== this.#device) return;
      const [lease] = Array.isArray(answer?.data) ? answer.data : [];
      this.#lease = typeof lease?.id === "string" ? lease : null;
      this.#isAsked = true;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.status !== 0) this.#say(error.message, true);
    }
    this.render();
  }

  async #do(path, body, done) {
    this.#say("");
    try {
      await account.request("POST", `/api/v1/sessions${path}`, { body });
      this.#say(done);
      $("hand-over-to").value = "";
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.#say(error.message, true);
    }
    await this.#look();
  }

  #forget() {
    this.#lease = null;
    this.#isAsked = false;
    this.render();
  }

  #say(text, isBad = false) {
    $("lease-message").classList.toggle("bad", isBad);
    show($("lease-message"), text);
  }
}

/** " until 14:30, for 3:20 more", or that a lease has no end. */
function untilText({ expiresAt }) {
  const seconds = stationClock.secondsUntil(expiresAt);
  if (seconds === null) return ", without an end";
  return ` until ${timeText(Date.parse(expiresAt))}, for ${countdownText(seconds)} more`;
}
