// The page: one recording, one moment, and everything that shows it.

import { announce } from "../shell/connection.js";
import { $, element, show } from "../shell/live.js";
import { addressOf, addressed, keepAddress } from "./address.js";
import { onceAFrame } from "./canvas.js";
import { EntryDetails } from "./details.js";
import { Listing, MessageFilter } from "./filter.js";
import { showFindings } from "./findings.js";
import { Lanes } from "./lanes.js";
import { MessageList } from "./messages.js";
import { Opening } from "./opening.js";
import { Overview } from "./overview.js";
import { Pictures } from "./pictures.js";
import { Player } from "./player.js";
import { showClocks, showReadouts } from "./readouts.js";
import { KINDS, KIND_WORDS } from "./scene.js";
import { StationThen } from "./then.js";
import { clockText } from "./times.js";
import { Transport } from "./transport.js";

const FILTER_MILLISECONDS = 200;
/** While time moves, numbers and lists change this often: nobody reads faster. */
const READ_MILLISECONDS = 120;

class ReplayPage {
  #scene = null;
  #source = null;
  #then = null;
  #listing = null;
  /** The entry that is chosen: the last listed one until the moment. */
  #current = null;
  #rotorName = null;
  #filter = new MessageFilter();
  #filterTimer = null;
  #filterRun = 0;
  #readAt = -Infinity;
  #readTimer = null;

  #player = new Player({
    onMove: () => this.#moved(),
    onPlay: () => this.#played(),
    nextAfter: (time) => this.#listing.entryAt(this.#listing.placeUntil(time) + 1)?.at ?? null,
  });
  #transport = new Transport(this.#player, (by) => this.#step(by));
  #overview = new Overview($("overview"));
  #lanes = new Lanes(
    {
      scroll: $("lanes"), canvas: $("lanes-canvas"), spacer: $("lanes-spacer"),
      line: $("lanes-line"),
    },
    {
      onChoose: (entry) => this.#choose(entry),
      onMoment: (time) => this.#goTo(time),
      onView: () => this.#overview.setView(this.#lanes.from, this.#lanes.until),
    });
  #messages = new MessageList($("messages"), (entry) => this.#choose(entry));
  #details = new EntryDetails($("details"), (entry) => this.#choose(entry));
  #pictures = null;
  #opening = new Opening((scene, source) => this.#open(scene, source));
  #draw = onceAFrame(() => this.#paint());

  constructor() {
    $("open-another").addEventListener("click", () => this.#offerOpening());
    $("back-to-replay").addEventListener("click", () => { $("open").hidden = true; });
    $("fit-map").addEventListener("click", () => this.#pictures.fit());
    $("zoom-in").addEventListener("click", () => this.#lanes.zoom(0.5));
    $("zoom-out").addEventListener("click", () => this.#lanes.zoom(2));
    $("zoom-all").addEventListener("click", () => this.#lanes.showAll());
    $("rotor-choice").addEventListener("change", () => {
      this.#rotorName = $("rotor-choice").value;
      this.#moved();
    });
    this.#listenToFilter();
    this.#listenToShare();
    window.addEventListener("hashchange", () => this.#followAddress());
    this.#followAddress();
  }

  // ---- Opening

  #open(scene, source) {
    if (scene.entries.length === 0) {
      return show($("open-message"), `There is nothing in ${scene.name} to show.`);
    }
    this.#scene = scene;
    this.#source = source;
    this.#then = new StationThen(scene);
    this.#listing = new Listing(scene);
    for (const id of ["past", "then", "map-card", "message-card", "lane-card", "transport"]) {
      $(id).hidden = false;
    }
    $("open").hidden = true;
    $("back-to-replay").hidden = false;
    document.body.classList.add("replaying");
    this.#describe();
    this.#offerRotors();
    this.#resetFilter();
    this.#player.open(scene.from, scene.until);
    this.#transport.open(scene);
    this.#transport.showPlaying();
    // A map needs to be in view to know how large it is.
    this.#pictures ??= new Pictures($("map"), $("polar"));
    this.#pictures.open(scene, this.#then);
    this.#overview.open(scene);
    this.#lanes.open(scene);
    this.#messages.open(scene, this.#listing);
    showFindings(scene, (time) => this.#goTo(time));
    this.#player.moveTo(this.#isAddressed ? addressed().time ?? scene.from : scene.from);
    announce(`${scene.name} is open, ${scene.entries.length} entries.`);
  }

  #describe() {
    const scene = this.#scene;
    document.title = `${scene.name} – Boresight: replay`;
    show($("past-name"), scene.name);
    const origin = scene.pace === "virtual" ? "of a simulation" : `of boresight ${scene.program}`;
    show($("past-facts"), `${scene.entries.length.toLocaleString("en")} entries ${origin}.`);
    const notes = [];
    if (this.#source.damage) {
      notes.push(`${this.#source.damage.message}. What stands before it is shown.`);
    }
    if (!scene.isFromStart) notes.push("The beginning of the recording is not there any more.");
    if (scene.leftOut > 0) {
      const from = clockText(scene.wallClock(scene.leftOutFrom ?? scene.until));
      notes.push(`${scene.leftOut.toLocaleString("en")} entries from ${from} on are left out: `
        + "a page cannot hold more. A part is shown by boresight trace FILE --from … --html.");
    }
    if (scene.droppedLines > 0) {
      notes.push(`It was cut: ${scene.droppedLines} lines at its end belong to no whole turn.`);
    }
    $("notes").replaceChildren(...notes.map((note) => element("li", {}, note)));
    $("notes").hidden = notes.length === 0;
  }

  #offerRotors() {
    const { rotors } = this.#then;
    this.#rotorName = rotors[0] ?? null;
    $("rotor-choice").replaceChildren(
      ...rotors.map((name) => element("option", { value: name }, name)));
    $("rotor-choice-box").hidden = rotors.length < 2;
  }

  #offerOpening() {
    this.#player.pause();
    $("open").hidden = false;
    $("open").scrollIntoView({ block: "nearest" });
    $("file").focus();
  }

  // ---- The moment

  #goTo(time) {
    this.#player.pause();
    this.#player.moveTo(time);
  }

  #moved() {
    if (!this.#scene) return;
    this.#current = this.#listing.entryAt(this.#listing.placeUntil(this.#player.moment));
    this.#draw();
  }

  /** Goes to an entry; several have the same time, so that the moment alone would not tell. */
  #choose(entry) {
    this.#goTo(entry.at);
    this.#current = entry;
    this.#draw();
  }

  #step(by) {
    const place = this.#current ? this.#listing.placeOf(this.#current) : -1;
    const entry = this.#listing.entryAt(place + by);
    if (entry) this.#choose(entry);
  }

  #played() {
    this.#transport.showPlaying();
    this.#readAt = -Infinity;
    this.#draw();
  }

  #paint() {
    const { moment } = this.#player;
    this.#transport.show();
    this.#lanes.showAt(moment, this.#current);
    showClocks(this.#scene, moment);
    const wait = this.#readAt + READ_MILLISECONDS - performance.now();
    clearTimeout(this.#readTimer);
    if (wait <= 0) this.#paintRest();
    else this.#readTimer = setTimeout(() => this.#paintRest(), wait);
  }

  #paintRest() {
    this.#readAt = performance.now();
    const { moment, isPlaying } = this.#player;
    const state = this.#then.at(moment, this.#rotorName);
    this.#pictures.show(moment, this.#rotorName, state);
    showReadouts(state);
    this.#messages.showAt(this.#current ? this.#listing.placeOf(this.#current) : -1);
    this.#details.show(this.#scene, this.#current);
    if (!isPlaying) keepAddress(() => this.#moment);
  }

  // ---- The filter

  #listenToFilter() {
    $("kinds").append(...KINDS.map((kind) => {
      const input = element("input", { type: "checkbox", value: kind });
      const { sign, words } = KIND_WORDS[kind];
      return element("label", { class: "check" }, input, `${sign} ${words}`);
    }));
    for (const id of ["filter-text", "filter-lane", "filter-level", "kinds"]) {
      $(id).addEventListener("input", () => this.#filterLater());
    }
    $("filter-reset").addEventListener("click", () => {
      this.#resetFilter();
      this.#filterLater();
    });
  }

  #resetFilter() {
    const groups = new Map();
    for (const [index, { group, name }] of this.#scene.lanes.entries()) {
      if (!groups.has(group)) groups.set(group, element("optgroup", { label: group }));
      groups.get(group).append(element("option", { value: index }, name));
    }
    $("filter-lane").replaceChildren(
      element("option", { value: "" }, "all lanes"), ...groups.values());
    $("filter-text").value = "";
    $("filter-level").value = "";
    for (const input of $("kinds").querySelectorAll("input")) input.checked = true;
    this.#filter = new MessageFilter();
    this.#showCount();
  }

  #filterLater() {
    clearTimeout(this.#filterTimer);
    this.#filterTimer = setTimeout(() => this.#applyFilter(), FILTER_MILLISECONDS);
  }

  async #applyFilter() {
    const filter = new MessageFilter();
    filter.text = $("filter-text").value.trim();
    filter.lane = $("filter-lane").value === "" ? null : Number($("filter-lane").value);
    filter.level = $("filter-level").value || null;
    const checked = [...$("kinds").querySelectorAll("input:checked")];
    filter.kinds = new Set(checked.map(({ value }) => value));
    this.#filterRun += 1;
    const [run, scene] = [this.#filterRun, this.#scene];
    show($("message-count"), "looking …");
    const listing = await Listing.of(
      scene, filter, () => run === this.#filterRun && scene === this.#scene);
    if (!listing || scene !== this.#scene) return;
    this.#filter = filter;
    this.#listing = listing;
    this.#messages.open(scene, listing);
    this.#showCount();
    this.#moved();
  }

  #showCount() {
    const [shown, all] = [this.#listing.length, this.#scene.entries.length]
      .map((count) => count.toLocaleString("en"));
    show($("message-count"), this.#filter.isEverything ? `${all}` : `${shown} of ${all}`);
    $("filter-reset").hidden = this.#filter.isEverything;
  }

  // ---- The address

  get #moment() {
    return { time: this.#player.moment, ...this.#source };
  }

  get #isAddressed() {
    const { recording, file } = addressed();
    if (recording !== null) return recording === this.#source.recording;
    return file === null || file === this.#source.file;
  }

  #followAddress() {
    const { time, recording, file } = addressed();
    if (this.#scene && this.#isAddressed) {
      if (time !== null && time !== this.#player.moment) this.#goTo(time);
    } else if (recording !== null) {
      this.#opening.openRecording(recording);
    } else if (file !== null) {
      show($("open-message"), `This address is of a moment in ${file}: open that file.`);
      $("open").hidden = false;
    }
  }

  #listenToShare() {
    const menu = $("share");
    menu.addEventListener("toggle", () => {
      if (!menu.open) return;
      $("share-address").value = new URL(addressOf(this.#moment), location.href).href;
      show($("share-words"), this.#source.recording
        ? "It opens this recording at this moment, for everybody who may see the station's."
        : `It asks for the file ${this.#source.file} and opens it at this moment.`);
      $("share-address").select();
    });
    // Browsers have a clipboard over HTTPS and on the station's own computer only.
    $("share-copy").hidden = !navigator.clipboard;
    $("share-copy").addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText($("share-address").value);
        announce("The address is copied.");
      } catch {
        announce("The browser does not let the page copy; copy the address by hand.");
      }
    });
    menu.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape") return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
    document.addEventListener("pointerdown", ({ target }) => {
      if (!menu.contains(target)) menu.open = false;
    });
  }
}

new ReplayPage();
