// The way to HTTPS: the station's own certificate authority, and how this phone comes to trust it.

import { $, Refused, element, request, show } from "../shell/live.js";
import { copied } from "./trackers.js";

const CERTIFICATE = "/v1/authority/boresight-authority.crt";
const MOST_ADDRESSES = 8;
const OPEN = "Open this session's HTTPS address, below.";

const SYSTEMS = [
  {
    name: "Android",
    agent: /Android/,
    steps: [
      "Download the certificate.",
      "Open Settings and search for “CA certificate” (Security > Encryption & credentials > " +
        "Install a certificate > CA certificate). Choose “Install anyway”, then the file.",
      OPEN,
    ],
  },
  {
    name: "iPhone, iPad",
    agent: /iPhone|iPad/,
    steps: [
      "Download the certificate with Safari, and allow the profile.",
      "Settings > General > VPN & Device Management: choose the profile, press Install.",
      "Settings > General > About > Certificate Trust Settings: switch it on.",
      OPEN,
    ],
  },
  {
    name: "Firefox",
    agent: /Firefox/,
    steps: [
      "On a computer: Settings > Privacy & Security > View Certificates > Authorities > Import. " +
        "Choose the file, and trust it to identify websites.",
      "On Android: install it for Android as above. Then in Firefox Settings > About Firefox: " +
        "press the logo five times. Settings > Secret Settings: “Use third party CA certificates”.",
      OPEN,
    ],
  },
];

/** Asks the station about its authority whenever the card is opened. */
export function offerWayOut(token) {
  $("https").addEventListener("toggle", () => {
    if ($("https").open) showWayOut(token);
  });
}

async function showWayOut(token) {
  $("https-setting").hidden = $("https-parts").hidden = true;
  try {
    offer(await request("GET", "/v1/authority"), token);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (error.status === 404) return sayOff();
    show($("https-state"), `The station does not tell whether it has HTTPS: ${error.message}`);
  }
}

function sayOff() {
  show($("https-state"),
    "This station has HTTPS switched off. Whoever runs it can switch it on: start it with");
  $("https-setting").hidden = false;
}

function offer(authority, token) {
  const given = Array.isArray(authority?.httpsUrls) ? authority.httpsUrls : [];
  const addresses = given.map((base) => sessionAddress(base, token)).filter(Boolean)
    .slice(0, MOST_ADDRESSES);
  if (location.protocol === "https:") {
    return show($("https-state"), "This page came over HTTPS already.");
  }
  if (addresses.length === 0) return sayOff();
  show($("https-state"), "This station has HTTPS, under a certificate authority of its own. " +
    "Once this phone trusts it, position, compass and screen work here.");
  const path = authority?.certificateUrl;
  const isOwn = typeof path === "string" && /^\/(?!\/)/.test(path);
  $("https-certificate").href = isOwn ? path : CERTIFICATE;
  show($("https-fingerprint"), typeof authority?.fingerprint === "string"
    ? authority.fingerprint : "not told");
  $("https-systems").replaceChildren(...SYSTEMS.map(system));
  $("https-addresses").replaceChildren(...addresses.map((address, index) => element("li", {},
    element("a", { class: "button", href: address }, `Open ${new URL(address).host}`),
    element("label", { for: `https-address-${index}` }, "Address to copy"),
    copied(`https-address-${index}`, address))));
  $("https-parts").hidden = false;
}

function system({ name, agent, steps }) {
  const items = steps.map((step) => element("li", {}, step));
  const details = element("details", {},
    element("summary", {}, name), element("ol", {}, ...items));
  details.open = agent.test(navigator.userAgent);
  return details;
}

/** This very session under an HTTPS address of the station; null when it is none. */
function sessionAddress(base, token) {
  try {
    const url = new URL(`/pair/${encodeURIComponent(token)}`, base);
    return url.protocol === "https:" ? url.href : null;
  } catch {
    return null;
  }
}
