// The list of messages around the moment. Only the rows in view exist.

import { element, show } from "../shell/live.js";
import { KIND_WORDS } from "./scene.js";
import { clockText } from "./times.js";

/** Rows above and below the view, so that nothing is blank while it is scrolled. */
const SPARE_ROWS = 4;
/** The list goes back to the moment when it was left alone for so long while playing. */
const BROWSE_MILLISECONDS = 4000;
/** Browsers lay out nothing taller than about 17 million pixels (Firefox). */
const TALLEST_PIXELS = 16_000_000;

export class MessageList {
  #box;
  #rows;
  #spacer;
  #scene = null;
  #listing = null;
  #current = -1;
  #browsedAt = -Infinity;
  #isDrawPending = false;
  #onChoose;

  /** `box` scrolls; `onChoose(entry)` is called for a row that is clicked or moved to by keys. */
  constructor(box, onChoose) {
    this.#box = box;
    this.#onChoose = onChoose;
    this.#spacer = element("div", { class: "message-spacer", role: "presentation" });
    this.#rows = element("div", { class: "message-rows", role: "presentation" });
    this.#spacer.append(this.#rows);
    box.append(this.#spacer);
    box.addEventListener("scroll", () => this.#drawLater(), { passive: true });
    for (const name of ["wheel", "touchmove", "pointerdown"]) {
      box.addEventListener(name, () => { this.#browsedAt = performance.now(); }, { passive: true });
    }
    box.addEventListener("click", ({ target }) => {
      const row = target.closest(".message-row");
      if (row) this.#choose(Number(row.dataset.place));
    });
    box.addEventListener("keydown", (event) => this.#key(event));
    new ResizeObserver(() => this.#drawLater()).observe(box);
  }

  /** Shows other messages. */
  open(scene, listing) {
    this.#scene = scene;
    this.#listing = listing;
    this.#current = -1;
    this.#browsedAt = -Infinity;
    this.#rows.replaceChildren();
    this.#drawLater();
  }

  /** Brings the row of the moment into view, unless somebody is reading elsewhere. */
  showAt(place) {
    this.#current = place;
    if (performance.now() - this.#browsedAt > BROWSE_MILLISECONDS) this.#reveal(place);
    this.#drawLater();
  }

  get #rowHeight() {
    const text = getComputedStyle(this.#box).getPropertyValue("--row-height");
    return Number.parseFloat(text) || 32;
  }

  /** The list is pressed together when it would be taller than a browser lays out. */
  get #scale() {
    return Math.max(1, (this.#listing.length * this.#rowHeight) / TALLEST_PIXELS);
  }

  #reveal(place) {
    const height = this.#rowHeight;
    const middle = Math.max(0, place) * height - (this.#box.clientHeight - height) / 2;
    const top = Math.max(0, middle / this.#scale);
    if (Math.abs(this.#box.scrollTop - top) >= 1) this.#box.scrollTop = top;
  }

  #drawLater() {
    if (this.#isDrawPending) return;
    this.#isDrawPending = true;
    requestAnimationFrame(() => {
      this.#isDrawPending = false;
      this.#draw();
    });
  }

  #draw() {
    if (!this.#listing) return;
    const height = this.#rowHeight;
    const top = this.#box.scrollTop;
    this.#spacer.style.height = `${(this.#listing.length * height) / this.#scale}px`;
    const inView = Math.ceil(this.#box.clientHeight / height);
    const first = Math.max(0, Math.floor((top * this.#scale) / height) - SPARE_ROWS);
    const count = Math.min(this.#listing.length - first, inView + 2 * SPARE_ROWS);
    while (this.#rows.childElementCount < count) this.#rows.append(newRow());
    while (this.#rows.childElementCount > Math.max(0, count)) this.#rows.lastElementChild.remove();
    const offset = first * height - top * (this.#scale - 1);
    this.#rows.style.transform = `translateY(${offset}px)`;
    for (const [index, row] of [...this.#rows.children].entries()) this.#fill(row, first + index);
    const chosen = this.#rows.querySelector("[aria-selected='true']");
    if (chosen) this.#box.setAttribute("aria-activedescendant", chosen.id);
    else this.#box.removeAttribute("aria-activedescendant");
  }

  #fill(row, place) {
    const entry = this.#listing.entryAt(place);
    row.dataset.place = place;
    row.id = `message-${place}`;
    row.dataset.kind = entry.kind;
    row.dataset.level = entry.level;
    row.setAttribute("aria-selected", String(place === this.#current));
    row.setAttribute("aria-posinset", place + 1);
    row.setAttribute("aria-setsize", this.#listing.length);
    row.classList.toggle("later", place > this.#current);
    const [time, sign, lane, summary] = row.children;
    show(time, clockText(this.#scene.wallClock(entry.at), 3));
    show(sign, KIND_WORDS[entry.kind].sign);
    show(lane, entry.lanes.map((index) => this.#scene.lanes[index].name).join(", "));
    show(summary, entry.summary);
  }

  #choose(place) {
    const entry = this.#listing?.entryAt(place);
    if (!entry) return;
    this.#browsedAt = -Infinity;
    this.#onChoose(entry);
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !this.#listing) return;
    const page = Math.max(1, Math.floor(this.#box.clientHeight / this.#rowHeight) - 1);
    const last = this.#listing.length - 1;
    const places = {
      ArrowUp: this.#current - 1, ArrowDown: this.#current + 1,
      PageUp: this.#current - page, PageDown: this.#current + page, Home: 0, End: last,
    };
    if (places[event.key] === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.#choose(Math.min(last, Math.max(0, places[event.key])));
  }
}

function newRow() {
  return element("div", { class: "message-row", role: "option" },
    element("span", { class: "message-time" }), element("span", { class: "message-sign" }),
    element("span", { class: "message-lane" }), element("span", { class: "message-summary" }));
}
