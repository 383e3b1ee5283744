// The card that lets a host in who has the key, and out again.

import { account } from "../shell/account.js";
import { attempt } from "../shell/act.js";
import { isAlone } from "../shell/doors.js";
import { $, Refused, element, show } from "../shell/live.js";
import { host } from "./access.js";

/** Shows the card while nobody hosts, and who hosts in the bar when it is somebody with the key. */
export function showSignIn() {
  const out = element(
    "button", { type: "button", class: "quiet", id: "host-leave" }, "Leave as host");
  out.addEventListener("click", () => host.forget());
  $("bar").append(out);
  if (isAlone) show($("host-sign-in-user"), "Show the hosts' key.");
  $("host-by-token").hidden = !isAlone;

  const render = () => {
    $("host-sign-in").hidden = Boolean(host.bearer);
    out.hidden = !host.isByKey;
    if (isAlone || host.bearer) return;
    show($("host-sign-in-user"), account.me
      ? `${account.me.email} may not host. Whoever has the hosts' key may.`
      : "Sign in above as a user who may host, or with the hosts' key.");
  };
  host.follow(render);

  for (const [form, button, enter] of [
    ["key-form", "host-enter", useKey], ["token-form", "host-use-token", useToken],
  ]) {
    $(form).addEventListener("submit", async (event) => {
      event.preventDefault();
      if (await attempt($(button), $("host-message"), enter)) $(form).reset();
    });
  }
}

async function useKey() {
  const key = $("host-key").value.trim();
  if (!key) throw new Refused(0, "Type the key.");
  await host.useKey(key, $("host-keep").checked);
}

async function useToken() {
  const token = $("host-token").value.trim();
  if (!token) throw new Refused(0, "Type the token.");
  await host.useToken(token, $("host-keep").checked);
}
