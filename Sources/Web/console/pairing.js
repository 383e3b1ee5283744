// The card that a phone joins by: the code, its addresses, how long it is good.

import { $, element, request, sentence, show, stationClock } from "../shell/live.js";
import { announce } from "../shell/connection.js";

/** A red code is hard for some cameras: so long it is white, at night, in milliseconds. */
const WHITE_MILLISECONDS = 5000;
const ON_THIS_COMPUTER = /^https?:\/\/(127\.|localhost|\[::1\])/;

export class PairingCard {
  #session;
  #whiteTimer = null;

  constructor(session) {
    this.#session = session;
    $("new-session").addEventListener("click", async () => {
      await session.renew();
      announce("New session. Scan the new code with the phone.");
    });
    $("enlarge").addEventListener("click", () => this.#enlarge(!this.#isLarge));
    $("white").addEventListener("click", () => this.#whiten());
  }

  /** A session has begun. */
  opened() {
    $("qr").src = `/pair/${this.#session.token}/qr.svg`;
    $("qr").hidden = false;
    this.#showAddresses(this.#session.token);
  }

  render() {
    const { relay, trouble, isJoined } = this.#session;
    show($("expires"), this.#expiryText());
    $("qr").hidden = relay === null || relay.state === "ended";
    show($("paired-state"), relay?.state === "ended"
      ? `${sentence(relay.reason)} Start a new session.`.trim()
      : trouble || (isJoined ? "A phone has joined." : "Waiting for a phone to scan this."));
  }

  #expiryText() {
    const seconds = Math.floor((this.#session.expiresAt - stationClock.now()) / 1000);
    if (Number.isNaN(seconds)) return "";
    if (seconds <= 0) return "The code has expired.";
    const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
    if (h > 0) return `Valid for ${h} h ${m} min.`;
    return `Valid for ${m}:${String(s).padStart(2, "0")} min.`;
  }

  async #showAddresses(token) {
    const answer = await request("GET", `/v1/pairing-urls?token=${token}`).catch(() => null);
    if (token !== this.#session.token) return;
    const isWeb = (url) => typeof url === "string" && /^https?:\/\//.test(url);
    const given = Array.isArray(answer?.urls) ? answer.urls.filter(isWeb) : [];
    const [best, ...others] = given.length > 0 ? given : [`${location.origin}/pair/${token}`];
    $("pair-url").href = best;
    show($("pair-url"), best);
    $("local-only").hidden = !ON_THIS_COMPUTER.test(best);
    $("other-urls").hidden = others.length === 0;
    $("other-urls-list").replaceChildren(...others.map((url) =>
      element("li", {}, element("a", { href: url }, url))));
  }

  get #isLarge() {
    return $("code").classList.contains("large");
  }

  #enlarge(isLarge) {
    $("code").classList.toggle("large", isLarge);
    $("enlarge").setAttribute("aria-pressed", String(isLarge));
    show($("enlarge"), isLarge ? "Smaller" : "Enlarge");
    if (!isLarge) this.#redden();
  }

  #whiten() {
    this.#enlarge(true);
    document.documentElement.dataset.white = "";
    clearTimeout(this.#whiteTimer);
    this.#whiteTimer = setTimeout(() => this.#enlarge(false), WHITE_MILLISECONDS);
  }

  #redden() {
    clearTimeout(this.#whiteTimer);
    delete document.documentElement.dataset.white;
  }
}
