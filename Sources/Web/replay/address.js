// The moment in the address, so that it can be shared: `#t=12.5&recording=evening`.

import { SECOND } from "./scene.js";

const OURS = ["t", "recording", "file"];
/** Browsers refuse more than a hundred changes in half a minute (Safari). */
const WRITE_MILLISECONDS = 500;

/** `{time, recording, file}`; the time in nanoseconds or null, the names texts or null. */
export function addressed() {
  const values = Object.fromEntries(parts().map((part) => {
    const [key, ...value] = part.split("=");
    return [key, decoded(value.join("="))];
  }));
  const seconds = Number(values.t);
  return {
    time: values.t && Number.isFinite(seconds) ? Math.round(seconds * SECOND) : null,
    recording: values.recording || null, file: values.file || null,
  };
}

/** The page's address with a moment of a recording of the station's, or of a file. */
export function addressOf({ time, recording, file }) {
  const seconds = String(Number((time / SECOND).toFixed(6)));
  const source = recording ? `recording=${encodeURIComponent(recording)}`
    : `file=${encodeURIComponent(file)}`;
  // What others keep in the fragment stays, such as the map's view.
  const others = parts().filter((part) => !OURS.includes(part.split("=", 1)[0]));
  return `${location.pathname}${location.search}#${[`t=${seconds}`, source, ...others].join("&")}`;
}

let timer = null;

/** Keeps the address at the moment, some time after the last change. */
export function keepAddress(moment) {
  clearTimeout(timer);
  timer = setTimeout(() => {
    try {
      history.replaceState(history.state, "", addressOf(moment()));
    } catch {
      // Too many changes in a time; the next one writes it.
    }
  }, WRITE_MILLISECONDS);
}

function parts() {
  return location.hash.replace(/^#/, "").split("&").filter(Boolean);
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
