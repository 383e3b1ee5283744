// The user's second factor: set up with a QR code, confirmed with its first code, removed.

import { account } from "../shell/account.js";
import { attempt, say, surely } from "../shell/act.js";
import { $, Refused, element, show } from "../shell/live.js";

const PATH = "api/auth/mfa";

const STATES = { none: "none", unconfirmed: "not confirmed yet", confirmed: "on" };
const WORDS = {
  none: "Whoever knows your password can log in. With a second factor it takes your phone, too.",
  unconfirmed: "It counts once you have typed a code of it. Without its secret, set it up again.",
  confirmed: "Logging in takes a code of your phone.",
};

/** Keeps the card alive; it asks when it is opened. */
export function followFactor() {
  $("factor").addEventListener("toggle", load);
  $("factor-begin").addEventListener("click", () => {
    attempt($("factor-begin"), $("factor-message"), begin);
  });
  $("factor-confirm").addEventListener("submit", (event) => {
    event.preventDefault();
    attempt($("factor-finish"), $("factor-message"), confirm);
  });
  $("factor-proof").addEventListener("submit", (event) => event.preventDefault());
  surely($("factor-remove"), "Really remove?", () => {
    attempt($("factor-remove"), $("factor-message"), remove);
  });
  account.follow(() => {
    forgetSecret();
    show($("factor-state"), "");
    $("factor").open = false;
  });
}

async function load() {
  if (!$("factor").open || !account.bearer) return forgetSecret();
  try {
    render(await account.request("GET", PATH));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    say($("factor-message"), error.message, true);
  }
}

function render(factor) {
  const state = STATES[factor?.state] ? factor.state : "none";
  const left = Number.isInteger(factor?.recovery_codes_left) ? factor.recovery_codes_left : 0;
  show($("factor-state"), STATES[state]);
  const codes = state === "confirmed" ? ` ${left} recovery codes are left.` : "";
  show($("factor-words"), `${WORDS[state]}${codes}`);
  $("factor-proof").hidden = state !== "confirmed";
  show($("factor-begin"), state === "none" ? "Set it up" : "Set it up anew");
}

/** The proof that replacing or removing a confirmed one takes; nothing for any other. */
function typedProof() {
  const code = $("factor-proof-code").value.trim();
  if ($("factor-proof").hidden || !code) return {};
  return /^\d{6}$/.test(code) ? { code } : { recovery_code: code };
}

async function begin() {
  const answer = await account.request("POST", PATH, { body: typedProof() });
  if (typeof answer?.secret !== "string") throw new Refused(0, "The station gave no secret.");
  show($("factor-secret"), answer.secret.replace(/(.{4})(?=.)/g, "$1 "));
  $("factor-qr").hidden = typeof answer.qr_svg !== "string";
  if (typeof answer.qr_svg === "string") {
    $("factor-qr").src = `data:image/svg+xml,${encodeURIComponent(answer.qr_svg)}`;
  }
  const codes = Array.isArray(answer.recovery_codes) ? answer.recovery_codes : [];
  $("recovery-codes").replaceChildren(...codes.map((code) => element("li", {}, String(code))));
  $("enrolment").hidden = false;
  $("factor-proof-code").value = "";
  render({ state: "unconfirmed" });
  $("factor-code").focus();
}

async function confirm() {
  const body = { code: $("factor-code").value.trim() };
  const answer = await account.request("POST", `${PATH}/confirm`, { body });
  forgetSecret();
  render(answer);
  say($("factor-message"), "It counts from now on. Sign in again to use what needs it.");
}

async function remove() {
  await account.request("POST", `${PATH}/remove`, { body: typedProof() });
  $("factor-proof-code").value = "";
  render({ state: "none" });
  say($("factor-message"), "It is removed.");
}

/** What was shown once does not stay in the page. */
function forgetSecret() {
  $("enrolment").hidden = true;
  show($("factor-secret"), "");
  $("factor-qr").removeAttribute("src");
  $("recovery-codes").replaceChildren();
  $("factor-code").value = $("factor-proof-code").value = "";
}
