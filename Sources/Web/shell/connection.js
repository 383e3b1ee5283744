// How the page's connection is: the chip in the bar, the banner of a blind page, the status line.

import { $, sentence, show } from "./live.js";

/** The first connection may take this long before the page calls itself blind. */
const PATIENCE_MILLISECONDS = 1000;
const ANNOUNCE_MILLISECONDS = 8000;

let silenceTimer = null;

/** Says something once to everybody, screen readers included, and takes it back after a while. */
export function announce(text) {
  clearTimeout(silenceTimer);
  show($("status"), text);
  silenceTimer = setTimeout(() => show($("status"), ""), ANNOUNCE_MILLISECONDS);
}

/** The words for a socket's state, and the banner that says that nothing below is live. */
export class ConnectionView {
  #lostAt = performance.now();
  #wasOpen = false;

  render(socket) {
    if (socket?.isOpen) this.#lostAt = performance.now();
    if (this.#wasOpen && !socket?.isOpen) this.#lostAt = performance.now() - PATIENCE_MILLISECONDS;
    this.#wasOpen = socket?.isOpen ?? false;
    const chip = $("connection");
    chip.dataset.state = socket?.state ?? "connecting";
    show(chip, this.#words(socket));
    const lost = performance.now() - this.#lostAt;
    const isBlind = !socket?.isOpen && (socket?.state === "ended" || lost >= PATIENCE_MILLISECONDS);
    $("blind").hidden = !isBlind;
    if (!isBlind) return;
    const next = socket && socket.state !== "ended" ? "Reconnecting." : "";
    show($("blind-why"), `${sentence(socket?.reason ?? "")} ${next}`.trim());
  }

  #words(socket) {
    switch (socket?.state) {
      case "open": return "connected";
      case "waiting": return `reconnecting in ${socket.retrySeconds} s`;
      case "ended": return "ended";
      default: return "connecting…";
    }
  }
}
