// Says in a few words what an entry of a recording means.

import { cut, number, printable } from "./plaintext.js";
import { fixOf, gpsdReports, relayFrame } from "./seen.js";

/** Two lines of a wide screen. */
const SUMMARY_CHARACTERS = 200;
/** So much of a hash tells it from the others. */
const HASH_CHARACTERS = 8;
const FIXES = ["no fix", "no fix", "2D", "3D"];

/** Remembers which requests are open, so that a response names what it answers. */
export class Narrator {
  #openRequests = new Map();

  words(entry) {
    return cut(printable(this.#text(entry)), SUMMARY_CHARACTERS);
  }

  #text({ kind, stream, content }) {
    switch (kind) {
      case "timer": return "rings";
      case "log":
        return [content.log, content.message ?? "", ...pairs(content.fields)].join(" ");
      case "mark": return mark(stream, content);
      default: return this.#message(stream, content);
    }
  }

  #message(stream, content) {
    switch (stream.split("/", 1)[0]) {
      case "http": return this.#http(content);
      case "ws": return webSocket(content);
      case "store": return store(content);
      case "passwords": return password(content);
      case "clock": return clock(content);
      case "entropy": return `${Math.floor((content.entropy ?? "").length / 2)} random bytes`;
      default: return link(stream, content);
    }
  }

  #http(content) {
    const { request, abandoned, upgrade, bridge, bridge_failed: failed, respond } = content;
    if (Number.isInteger(request)) return this.#request(request, content);
    if (Number.isInteger(abandoned)) return `${this.#close(abandoned)} abandoned by the client`;
    if (Number.isInteger(upgrade)) return `${this.#close(upgrade)} → 101`;
    if (Number.isInteger(bridge)) {
      const port = content.port === undefined ? "" : ` port ${content.port}`;
      const capture = content.capture ? `, captured in ${content.capture}` : "";
      return `${this.#open(bridge)} → bridge to ${content.host ?? ""}${port}${capture}`;
    }
    if (Number.isInteger(failed)) {
      return `${this.#open(failed)} cannot be bridged: ${content.reason ?? ""}`;
    }
    if (!Number.isInteger(respond)) return JSON.stringify(content);
    return `${this.#close(respond)} → ${content.status ?? "?"}${body(content)}`;
  }

  #request(id, content) {
    const name = `${content.method ?? ""} ${content.path ?? ""}`;
    this.#openRequests.set(id, name);
    const query = content.query === undefined ? "" : `?${content.query}`;
    const handshake = content.handshake === undefined ? "" : " WebSocket handshake";
    let defect = "";
    if (content.body_too_large !== undefined) defect = " (body too large)";
    if (content.invalid_handshake !== undefined) defect = " (invalid handshake)";
    return name + query + handshake + defect + body(content);
  }

  #open(id) {
    return this.#openRequests.get(id) ?? `request ${id}`;
  }

  /** The name of a request that is over. */
  #close(id) {
    const name = this.#open(id);
    this.#openRequests.delete(id);
    return name;
  }
}

// ---- Clients

function body(content) {
  if (typeof content.body === "string") return ` ${content.body}`;
  if (Number.isInteger(content.body_bytes)) return ` ${content.body_bytes} bytes`;
  if (content.body_omitted !== undefined) return " a picture";
  return content.body_base64 !== undefined ? " binary body" : "";
}

function webSocket(content) {
  const text = content.text ?? content.frame;
  if (typeof text === "string") return frame(text);
  const bytes = content.binary_base64 ?? content.frame_base64;
  if (typeof bytes === "string") return `binary frame, base64 ${bytes}`;
  if (content.opened !== undefined) return "opened";
  if (content.bridged !== undefined) {
    return `bridged: ${content.from_client ?? 0} bytes from the client, `
      + `${content.to_client ?? 0} to it`;
  }
  const code = Number.isInteger(content.code) ? ` ${content.code}` : "";
  const reason = content.reason ? ` ${content.reason}` : "";
  return (content.close !== undefined ? "close" : "closed") + code + reason;
}

/** The relay's own messages in words, everything else as it is. */
function frame(text) {
  const message = relayFrame(text);
  switch (message?.type) {
    case "location": {
      const accuracy = message.accuracy === null ? "" : ` ±${number(message.accuracy, 1)} m`;
      return `location ${placeWords(message.place)}${accuracy}`;
    }
    case "target":
      return `target ${message.direction
        ? directionWords(message.direction) : placeWords(message.place)}`;
    case "mode": return `mode ${message.mode}`;
    case "rotor":
      return [
        message.name ? `rotor ${message.name}` : "rotor",
        message.direction && directionWords(message.direction),
        message.target && `→ ${directionWords(message.target)}`,
        message.mode,
        message.isMoving && "moving",
        ...message.problems.map((problem) => `[${problem}]`),
      ].filter((part) => part !== null && part !== false).join(" ");
    default: return text;
  }
}

function directionWords({ azimuth, elevation }) {
  return `az ${number(azimuth, 2)} el ${number(elevation, 2)}`;
}

function placeWords({ latitude, longitude, altitude }) {
  const height = altitude === null ? "" : `,${number(altitude, 1)}`;
  return `${number(latitude, 6)},${number(longitude, 6)}${height}`;
}

// ---- Devices

function link(stream, content) {
  const { connect: host, port = 0 } = content;
  if (typeof host === "string") return `connect to ${host}:${port}`;
  if (content.connected !== undefined) return "connected";
  if (content.close !== undefined) return "close";
  if (typeof content.closed === "string") return `closed: ${content.closed}`;
  const text = content.send ?? content.received;
  if (typeof text === "string") {
    const lines = gpsdReports(text);
    return lines.map(({ line, report }) => (stream === "gpsd" ? gpsdWords(line, report) : line))
      .join(" | ");
  }
  const bytes = content.send_base64 ?? content.received_base64;
  return typeof bytes === "string" ? `not UTF-8, base64 ${bytes}` : JSON.stringify(content);
}

/** A report of gpsd (gpsd_json(5)) in words; anything else as it is, such as a part of a line. */
function gpsdWords(line, report) {
  switch (report?.class) {
    case "TPV": {
      const place = fixOf(report);
      const height = place?.altitude == null ? [] : [`${number(place.altitude, 1)} m`];
      const mode = report.mode ?? 0;
      return ["TPV", FIXES[mode] ?? `mode ${mode}`,
        ...(place ? [placeWords({ ...place, altitude: null }), ...height] : [])].join(" ");
    }
    case "SKY": {
      const satellites = Array.isArray(report.satellites) ? report.satellites : [];
      const used = report.uSat ?? satellites.filter((satellite) => satellite?.used === true).length;
      return `SKY ${used} of ${report.nSat ?? satellites.length} satellites used`;
    }
    case "VERSION": return `VERSION ${report.release ?? "?"}`;
    case "DEVICES": {
      const devices = Array.isArray(report.devices) ? report.devices : [];
      const paths = devices.map((device) => device?.path ?? "?");
      return ["DEVICES", ...(paths.length > 0 ? paths : ["none"])].join(" ");
    }
    case "DEVICE": return `DEVICE ${report.path ?? "?"}`;
    case "ERROR": return `ERROR ${report.message ?? "?"}`;
    default: return typeof report?.class === "string" ? report.class : line;
  }
}

// ---- The core's own

function store(content) {
  if (content.put) return ["put", ...pairs(content.put)].join(" ");
  if (content.delete) return ["delete", ...pairs(content.delete)].join(" ");
  return content.problem ? `cannot write: ${content.problem}` : "writes again";
}

function password(content) {
  if (content.hash !== undefined) return "hash a password";
  if (content.verify !== undefined) return "look at a password";
  if (content.hashed !== undefined) return "hashed";
  if (typeof content.verified === "boolean") return content.verified ? "right" : "wrong";
  return "failed";
}

function clock({ utc_offset_ns: offset }) {
  if (offset === undefined) return "wall clock";
  return `wall clock set; engine time 0 is ${utcText(offset)}`;
}

/** "2026-11-21T08:45:00.939377Z" for nanoseconds since 1970, a number or its digits. */
export function utcText(nanoseconds) {
  const microseconds = BigInt(nanoseconds) / 1000n;
  const milliseconds = Number(microseconds / 1000n);
  const rest = String(microseconds % 1000n).padStart(3, "0");
  return new Date(milliseconds).toISOString().replace("Z", `${rest}Z`);
}

function mark(kind, content) {
  switch (kind) {
    case "fault": return `${content.name ?? ""} ${content.phase ?? "?"}`;
    case "expectation": return `${content.name ?? ""}: ${content.state ?? "?"}`;
    case "world":
      return Object.entries(content).map(([key, value]) => `${key} ${numbers(value)}`).join(", ");
    default: return JSON.stringify(content);
  }
}

function numbers(value) {
  if (Array.isArray(value)) return value.map(numbers).join(",");
  if (typeof value === "number") return number(value, 5);
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** `name=value` for each member, values of more than one word in quotes. */
function pairs(object) {
  return Object.entries(object ?? {}).map(([key, value]) => {
    const hash = value?.hex;
    const plain = typeof hash === "string" ? cut(hash, HASH_CHARACTERS) : value;
    const isPlain = typeof plain === "string" && plain !== "" && !plain.includes(" ");
    return `${key}=${isPlain ? plain : JSON.stringify(value)}`;
  });
}
