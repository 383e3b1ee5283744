// Coming in: with a password and, where there is one, a second factor; or as somebody new.

import { account } from "../shell/account.js";
import { attempt } from "../shell/act.js";
import { proof } from "../shell/doors.js";
import { $, Refused, request } from "../shell/live.js";

/** Keeps the card alive. */
export function followDoor() {
  $("log-in-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await attempt($("log-in"), $("log-in-message"), logIn)) $("log-in-form").reset();
  });
  $("register-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await attempt($("register"), $("register-message"), register)) $("register-form").reset();
  });
}

async function logIn() {
  const [email, password] = [$("log-in-email").value.trim(), $("log-in-password").value];
  if (!email || !password) throw new Refused(0, "Type an e-mail address and a password.");
  const body = { email, password, ...proof($("log-in-code").value.trim()) };
  try {
    await enter("api/auth/login", body, $("log-in-keep").checked);
  } catch (error) {
    if (!(error instanceof Refused) || !/MFA code/.test(error.message)) throw error;
    $("log-in-code-field").hidden = false;
    $("log-in-code").focus();
    throw error;
  }
  $("log-in-code-field").hidden = true;
}

async function register() {
  const [email, password] = [$("register-email").value.trim(), $("register-password").value];
  if (!email || !password) throw new Refused(0, "Type an e-mail address and a password.");
  const body = { email, password, name: $("register-name").value.trim() };
  await enter("api/auth/register", body, false);
  $("new-here").open = false;
}

async function enter(path, body, isKept) {
  const answer = await request("POST", path, { body });
  if (typeof answer?.access_token !== "string") throw new Refused(0, "The station gave no token.");
  await account.useToken(answer.access_token, isKept);
}
