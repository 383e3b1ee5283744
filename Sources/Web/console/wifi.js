// The network that a phone has to be in, as a code that its camera understands. It holds the
// password, so it is shown to who is signed in.

import { account } from "../shell/account.js";
import { $, show } from "../shell/live.js";

export class WifiCard {
  constructor() {
    account.follow(() => this.#ask());
  }

  async #ask() {
    const bearer = account.bearer;
    const answer = bearer ? await account.request("GET", "/v1/wifi").catch(() => null) : null;
    if (bearer !== account.bearer) return;
    const isKnown = typeof answer?.name === "string" && typeof answer.qrSvg === "string";
    $("wifi").hidden = !isKnown;
    if (!isKnown) return $("wifi-qr").removeAttribute("src");
    show($("wifi-name"), answer.name);
    show($("wifi-security"), answer.hasPassword ? "The code holds the password." : "No password.");
    // As a picture, which cannot act whatever is in it.
    $("wifi-qr").src = `data:image/svg+xml,${encodeURIComponent(answer.qrSvg)}`;
  }
}
