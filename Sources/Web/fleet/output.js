// A command's output: pieces are appended as they come, and only the last of it is kept in view.

import { element, show } from "../shell/live.js";

/** What is shown of an output, in characters; the station itself keeps 128 KiB. */
const SHOWN_MOST = 32768;

export class Output {
  element = element("pre", { class: "output", tabindex: "0", "aria-label": "Output" });
  #shown = "";
  /** How much of the beginning is not shown. */
  #left = 0;

  fill(text) {
    this.element.hidden = text === "";
    if (this.#left === 0 && text.length <= SHOWN_MOST && text.startsWith(this.#shown)) {
      this.#append(text.slice(this.#shown.length));
    } else {
      this.#replace(text);
    }
  }

  #append(piece) {
    if (piece === "") return;
    const wasAtEnd = this.#isAtEnd;
    this.element.append(piece);
    this.#shown += piece;
    if (wasAtEnd) this.element.scrollTop = this.element.scrollHeight;
  }

  #replace(text) {
    const left = Math.max(0, text.length - SHOWN_MOST);
    const shown = text.slice(left);
    if (shown === this.#shown && left === this.#left) return;
    const wasAtEnd = this.#isAtEnd;
    this.#shown = shown;
    this.#left = left;
    show(this.element, left > 0 ? `… ${left} characters before this …\n${shown}` : shown);
    if (wasAtEnd) this.element.scrollTop = this.element.scrollHeight;
  }

  /** Who has scrolled back wants to read there. */
  get #isAtEnd() {
    const { scrollTop, scrollHeight, clientHeight } = this.element;
    return scrollHeight - clientHeight - scrollTop < 24;
  }
}
