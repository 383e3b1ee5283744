// The section "This phone": what this browser can and cannot do here, tried out, with the reasons.

import { $, element, keep, kept, show } from "../shell/live.js";
import { whyNoCompass } from "./compass.js";
import { whyNoGeolocation } from "./sharing.js";

const HTTPS = "The way out: HTTPS, below.";
const STATES = { yes: "yes", no: "no", open: "not yet known" };

/** Each ability's state, why it is so, and what helps. */
const PROBES = {
  secure: {
    name: "Secure page",
    probe: () => window.isSecureContext
      ? ["yes", `The browser trusts ${location.origin}.`]
      : ["no", `${location.origin} is plain HTTP. Nothing is broken by it, but browsers withhold ` +
        `what is marked below. ${HTTPS}`],
  },
  position: {
    name: "Position",
    probe: async () => {
      if (!window.isSecureContext) {
        return ["no", "Only for secure pages. Type the position in, pick it on the map, or use a " +
          `tracker app (Share). ${HTTPS}`];
      }
      if (whyNoGeolocation() !== "") return ["no", "This browser has no geolocation."];
      switch (await permission("geolocation")) {
        case "granted": return ["yes", "Allowed for this page."];
        case "denied": return ["no", "Refused for this page. Allow it in the browser's settings " +
          "for this site, then reload."];
        default: return ["open", "The browser asks when you share the position."];
      }
    },
  },
  compass: {
    name: "Compass and tilt",
    probe: ({ compass }) => {
      if (whyNoCompass() !== "") {
        return ["no", window.isSecureContext ? whyNoCompass() : "Only for secure pages. Point by " +
          `map or by numbers. ${HTTPS}`];
      }
      switch (compass.state) {
        case "live": return ["yes", `It tells directions. ${compass.accuracyWords}`.trim()];
        case "absent": return ["no", "It tells no north. Point by map or by numbers."];
        case "refused": return ["no", "Refused. Open this page anew to be asked again."];
        default: return ["open", "Known once you use the compass (Point)."];
      }
    },
  },
  screen: {
    name: "Screen stays on",
    probe: async ({ hold }) => {
      await hold.probe();
      switch (hold.state) {
        case "insecure": return ["no", "Only for secure pages. Set the phone's screen timeout to " +
          `its longest. ${HTTPS}`];
        case "absent":
        case "refused": return ["no", hold.words];
        default: return ["yes", "While you share your position or use the compass."];
      }
    },
  },
  background: {
    name: "Working with the screen off",
    probe: () => ["no", "No browser lets a page send positions with the screen off or from the " +
      "background. This page says so afterwards, and goes on by itself. A tracker app (Share) " +
      "does not sleep."],
  },
  storage: {
    name: "Storage",
    probe: () => {
      const isKept = ["localStorage", "sessionStorage"].every((storage) => {
        keep(storage, "probe", "1");
        const works = kept(storage, "probe") === "1";
        keep(storage, "probe", null);
        return works;
      });
      return isKept
        ? ["yes", "Colours, typed values and what you share outlast a reload."]
        : ["no", "A private window, or storage is forbidden: a reload forgets what you share."];
    },
  },
  socket: {
    name: "Live connection",
    probe: ({ relay }) => {
      if (!("WebSocket" in window)) return ["no", "This browser has no WebSocket: use another."];
      if (relay.isOpen) return ["yes", "Messages come and go at once."];
      return ["no", relay.reason || "Connecting."];
    },
  },
};

/** The table; `parts` are the compass, the screen's hold and the relay that are probed. */
export class Abilities {
  #parts;
  #rows = new Map();

  constructor(parts) {
    this.#parts = parts;
    for (const [id, { name }] of Object.entries(PROBES)) {
      const state = element("strong", { class: "ability-state", id: `ability-${id}` });
      const why = element("td", {});
      const row = element("tr", {}, element("th", { scope: "row" }, name, state), why);
      this.#rows.set(id, { state, why });
      $("abilities-rows").append(row);
    }
  }

  /** Tries everything out again. */
  async probe() {
    for (const [id, { probe }] of Object.entries(PROBES)) {
      const [state, why] = await probe(this.#parts);
      const row = this.#rows.get(id);
      show(row.state, STATES[state]);
      row.state.dataset.state = state;
      show(row.why, why);
    }
  }
}

/** A permission's state; `prompt` where the browser does not tell. */
async function permission(name) {
  try {
    return (await navigator.permissions.query({ name })).state;
  } catch {
    return "prompt";
  }
}
