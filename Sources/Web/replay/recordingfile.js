// Recordings from this computer's disk, read in slices so that the page stays responsive.

import { Damage, RecordingLines } from "./recordinglines.js";
import { SceneBuilder } from "./scenebuilder.js";

/** More would take browsers of phones and old laptops more memory than they give a page. */
export const MOST_BYTES = 64 << 20;
const SLICE_BYTES = 1 << 20;
/** Work between two breaths of the page: less than a frame of the screen. */
const SLICE_MILLISECONDS = 12;
const NEWLINE = 10;

/** Why a file cannot be shown, or not wholly. */
export class Unreadable extends Error {
  constructor(file, line, reason) {
    super(line ? `${file}, line ${line}: ${reason}` : `${file}: ${reason}`);
  }
}

/**
 * The scene's data of a recording, of its parts, or of a page made with `boresight trace --html`.
 *
 * Gives `{data, damage}`, the damage null or an `Unreadable` at which the reading ended; throws
 * `Unreadable` when there is nothing to show. `onProgress` is called with a share of 1; it may
 * throw to end the reading.
 */
export async function readRecording(files, onProgress = () => {}, limits = undefined) {
  const parts = inOrder(files);
  const size = parts.reduce((sum, file) => sum + file.size, 0);
  const name = parts[0].name.replace(/\.\d+$/, "");
  if (size === 0) throw new Unreadable(name, 0, "the file is empty");
  if (size > MOST_BYTES) throw tooLarge(name, size);
  if (parts.length === 1 && (await isPage(parts[0]))) {
    return { data: pageData(parts[0].name, await parts[0].text()), damage: null };
  }
  if (!(await parts[0].slice(0, 1).text()).startsWith("{")) {
    throw new Unreadable(parts[0].name, 1, "this is not a recording of boresight");
  }
  const reading = new Reading(name, limits);
  let done = 0;
  for (const [index, file] of parts.entries()) {
    const isWhole = await reading.read(file, index, (bytes) => onProgress((done + bytes) / size));
    if (!isWhole) break;
    done += file.size;
  }
  return reading.result();
}

function tooLarge(name, size) {
  const megabytes = (bytes) => Math.ceil(bytes / (1 << 20));
  return new Unreadable(name, 0,
    `${megabytes(size)} MB are more than a page can hold (${megabytes(MOST_BYTES)} MB). `
    + "Make a page of a part: boresight trace FILE --from 10m --until 20m --html part.html");
}

/** Parts by their numbers: `pass.jsonl`, `pass.jsonl.1`, `pass.jsonl.2`. */
function inOrder(files) {
  const number = (file) => Number(/\.(\d+)$/.exec(file.name)?.[1] ?? 0);
  return [...files].sort((a, b) => number(a) - number(b));
}

/** A recording while its parts are read. */
class Reading {
  #name;
  #limits;
  #lines = new RecordingLines();
  #builder = null;
  #turns = 0;
  #droppedLines = 0;
  #damage = null;

  constructor(name, limits) {
    this.#name = name;
    this.#limits = limits;
  }

  /** Reads a part; false when it cannot be read to its end. */
  async read(file, part, onProgress) {
    let number = 0;
    let breathed = performance.now();
    try {
      for await (const { lines, bytes } of linesOf(file)) {
        for (const line of lines) {
          number += 1;
          if (!line.isWhole) {
            // A line without an end is what a power cut left, whatever is in it.
            this.#droppedLines = this.#lines.openLines + 1;
            return false;
          }
          this.#take(line.text, part > 0 && number === 1);
          if (performance.now() - breathed < SLICE_MILLISECONDS) continue;
          onProgress(bytes);
          await breath();
          breathed = performance.now();
        }
      }
    } catch (error) {
      if (!(error instanceof Damage)) throw error;
      this.#damage = new Unreadable(file.name, Math.max(1, number), error.message);
      return false;
    }
    return true;
  }

  #take(text, isHeaderOfLaterPart) {
    // Every later part repeats the header.
    if (isHeaderOfLaterPart) {
      const [first, { header }] = [this.#lines.header, new RecordingLines().begin(text)];
      const isSame = ["seed", "utcNanoseconds"].every((key) => header[key] === first[key]);
      if (!isSame) throw new Damage("this is a part of another recording");
      return;
    }
    const turn = this.#lines.take(text);
    this.#builder ??= new SceneBuilder(this.#lines.header, this.#limits);
    if (!turn) return;
    this.#builder.add(turn);
    this.#turns += 1;
  }

  result() {
    if (this.#damage && this.#turns === 0) throw this.#damage;
    if (this.#turns === 0) throw new Unreadable(this.#name, 0, "it holds no whole turn");
    const dropped = this.#droppedLines || (this.#damage ? 0 : this.#lines.openLines);
    return { data: this.#builder.data(this.#name, dropped), damage: this.#damage };
  }
}

/** Lets the page paint and hear; not a timer, which browsers delay in the background. */
function breath() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** A file's lines, slice by slice: `{lines: [{text, isWhole}], bytes}`. */
async function* linesOf(file) {
  let rest = new Uint8Array(0);
  for (let start = 0; start < file.size; start += SLICE_BYTES) {
    const slice = new Uint8Array(await file.slice(start, start + SLICE_BYTES).arrayBuffer());
    const bytes = joined(rest, slice);
    const end = bytes.lastIndexOf(NEWLINE) + 1;
    rest = bytes.subarray(end);
    if (end === 0) continue;
    const lines = decoded(bytes.subarray(0, end));
    yield { lines, bytes: Math.min(file.size, start + SLICE_BYTES) };
  }
  if (rest.length > 0) {
    yield { lines: [{ text: "", isWhole: false }], bytes: file.size };
  }
}

function joined(first, second) {
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Whole lines out of bytes; the text of what is not UTF-8 is null. */
function decoded(bytes) {
  let texts;
  try {
    texts = utf8.decode(bytes).split("\n").slice(0, -1);
  } catch {
    texts = decodedOneByOne(bytes);
  }
  return texts.map((text) => ({ text, isWhole: true }));
}

function decodedOneByOne(bytes) {
  const texts = [];
  for (let start = 0, end = 0; start < bytes.length; start = end + 1) {
    end = bytes.indexOf(NEWLINE, start);
    try {
      texts.push(utf8.decode(bytes.subarray(start, end)));
    } catch {
      texts.push(null);
    }
  }
  return texts;
}

// ---- Pages of `boresight trace --html`

const DATA_BEGIN = '<script type="application/json" id="data">';
const DATA_END = "</script>";

async function isPage(file) {
  return (await file.slice(0, 64).text()).trimStart().toLowerCase().startsWith("<!doctype html");
}

function pageData(name, text) {
  const begin = text.indexOf(DATA_BEGIN);
  const end = text.indexOf(DATA_END, begin);
  if (begin < 0 || end < 0) {
    throw new Unreadable(name, 0, "this page was not made with boresight trace --html");
  }
  try {
    return JSON.parse(text.slice(begin + DATA_BEGIN.length, end));
  } catch (error) {
    throw new Unreadable(name, 0, `the recording in this page is damaged: ${error.message}`);
  }
}
