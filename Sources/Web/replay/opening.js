// Where recordings come from: the station that serves this page, or this computer's disk.

import { account } from "../shell/account.js";
import { announce } from "../shell/connection.js";
import { $, Refused, element, show } from "../shell/live.js";
import { Unreadable, readRecording } from "./recordingfile.js";
import { NotAScene, Scene } from "./scene.js";
import { dateText, clockText } from "./times.js";

/** A scene has tens of thousands of entries, which a small computer reads first. */
const SCENE_MILLISECONDS = 60_000;
/** A recording that was just begun or ended needs a moment to be so. */
const SETTLE_MILLISECONDS = 700;
const MOST_LISTED = 500;
const NAME = /^[A-Za-z0-9_-]{1,64}$/;

/** A newer choice makes an older one that is still being read superfluous. */
class Superseded extends Error {}

export class Opening {
  #onScene;
  #choice = 0;
  #listedFor = null;
  /** A recording that waits for somebody who may see it. */
  #wanted = null;

  /** `onScene(scene, {recording, file, damage})` is called for a recording that could be read. */
  constructor(onScene) {
    this.#onScene = onScene;
    account.follow(() => this.#accountChanged());
    $("refresh").addEventListener("click", () => this.#list());
    $("begin-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#begin($("begin-name").value.trim());
    });
    $("file").addEventListener("change", () => this.openFiles([...$("file").files]));
    this.#listenForDrops();
  }

  // ---- The station's

  /** Opens a recording of the station's by its name. */
  async openRecording(name) {
    this.#wanted = account.bearer ? null : name;
    if (this.#wanted) return show($("open-message"), `Sign in to open ${name}.`);
    await this.#open(`Reading ${name} …`, async () => {
      const path = `/v1/recordings/${encodeURIComponent(name)}/scene`;
      const data = await account.request("GET", path, { limit: SCENE_MILLISECONDS });
      return { scene: new Scene({ ...data, name }), recording: name, file: null, damage: null };
    });
  }

  #accountChanged() {
    const isHere = Boolean(account.bearer);
    $("station-signed-out").hidden = isHere;
    $("station-recordings").hidden = !isHere;
    if (isHere && account.bearer !== this.#listedFor) this.#list();
    this.#listedFor = account.bearer;
    if (isHere && this.#wanted) this.openRecording(this.#wanted);
  }

  async #list() {
    show($("station-message"), "");
    try {
      const answer = await account.request("GET", "/v1/recordings");
      this.#showList(Array.isArray(answer?.recordings) ? answer.recordings : []);
    } catch (error) {
      this.#say(error);
    }
  }

  #showList(recordings) {
    const known = recordings.filter(({ name }) => typeof name === "string")
      .sort((a, b) => String(b.started).localeCompare(String(a.started)));
    $("recordings").hidden = known.length === 0;
    $("no-recordings").hidden = known.length > 0;
    $("recording-rows").replaceChildren(
      ...known.slice(0, MOST_LISTED).map((recording) => this.#row(recording)));
    const rest = known.length - MOST_LISTED;
    show($("more-recordings"), rest > 0 ? `and ${rest} older ones, which are not listed` : "");
  }

  #row({ name, bytes, started, program, pace, isRunning }) {
    const time = Date.parse(started ?? "");
    const cell = (text) => element("td", {}, text);
    const begun = Number.isNaN(time) ? "–" : `${dateText(time)} ${clockText(time)}`;
    const origin = pace === "virtual" ? "simulation" : `${program ?? ""} ${pace ?? ""}`.trim();
    const open = button("open-recording", `Open ${name}`, name, () => this.openRecording(name));
    const state = isRunning
      ? element("td", {}, "running ", button("end", `End ${name}`, "End", () => this.#end(name)))
      : cell("ended");
    return element("tr", {},
      element("th", { scope: "row" }, open),
      cell(begun), cell(sizeText(bytes)), state, cell(origin || "–"));
  }

  async #begin(name) {
    if (!NAME.test(name)) {
      return show($("station-message"),
        "A name has 1 to 64 letters, digits, hyphens or underscores.");
    }
    await this.#ask("POST", "/v1/recordings", { name }, `Asked to record as ${name}.`);
    $("begin-form").reset();
  }

  #end(name) {
    const path = `/v1/recordings/${encodeURIComponent(name)}`;
    return this.#ask("DELETE", path, undefined, `Asked to end ${name}.`);
  }

  async #ask(method, path, body, words) {
    try {
      await account.request(method, path, { body });
      announce(words);
      setTimeout(() => this.#list(), SETTLE_MILLISECONDS);
    } catch (error) {
      this.#say(error);
    }
  }

  #say(error) {
    if (!(error instanceof Refused)) throw error;
    const isMissing = error.status === 404 || error.status === 405;
    show($("station-message"), isMissing
      ? "This station cannot list its recordings; open a file." : error.message);
  }

  // ---- From this computer

  /** Opens a recording's file, its parts, or a page of one. */
  async openFiles(files) {
    if (files.length === 0) return;
    await this.#open(`Reading ${files[0].name} …`, async (onProgress) => {
      const { data, damage } = await readRecording(files, onProgress);
      const file = files[0].name.replace(/\.\d+$/, "");
      return { scene: new Scene(data), recording: null, file, damage };
    });
    $("file").value = "";
  }

  #listenForDrops() {
    const zone = $("drop");
    const isFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
    // The whole page takes files, so that one beside the zone does not replace the page.
    document.addEventListener("dragover", (event) => {
      if (!isFiles(event)) return;
      event.preventDefault();
      zone.classList.add("over");
    });
    document.addEventListener("dragleave", ({ relatedTarget }) => {
      if (relatedTarget === null) zone.classList.remove("over");
    });
    document.addEventListener("drop", (event) => {
      if (!isFiles(event)) return;
      event.preventDefault();
      zone.classList.remove("over");
      this.openFiles([...event.dataTransfer.files]);
    });
  }

  // ---- Both

  async #open(words, read) {
    this.#choice += 1;
    const choice = this.#choice;
    const onProgress = (share) => {
      if (choice !== this.#choice) throw new Superseded();
      $("reading-share").value = share;
    };
    $("open").setAttribute("aria-busy", "true");
    $("reading").hidden = false;
    $("reading-share").removeAttribute("value");
    show($("reading-words"), words);
    show($("open-message"), "");
    try {
      const { scene, ...source } = await read(onProgress);
      if (choice === this.#choice) this.#onScene(scene, source);
    } catch (error) {
      if (error instanceof Superseded) return;
      const isExpected = [Unreadable, Refused, NotAScene].some((kind) => error instanceof kind);
      // A file may vanish or be forbidden while it is read.
      if (!isExpected && !(error instanceof DOMException)) throw error;
      show($("open-message"), error.message);
      $("open").hidden = false;
    } finally {
      if (choice === this.#choice) {
        $("open").removeAttribute("aria-busy");
        $("reading").hidden = true;
      }
    }
  }
}

function button(name, label, words, onClick) {
  const made = element("button", { type: "button", class: name, "aria-label": label }, words);
  made.addEventListener("click", onClick);
  return made;
}

function sizeText(bytes) {
  if (!Number.isFinite(bytes)) return "–";
  if (bytes < 1 << 20) return `${Math.ceil(bytes / 1024)} kB`;
  return `${(bytes / (1 << 20)).toFixed(1)} MB`;
}
