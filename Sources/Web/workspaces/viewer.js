// A session's viewer: a page and a stream that know who looks by a cookie, since an address is no
// place for a token. The cookie goes to viewers and nowhere else.

import { account } from "../shell/account.js";
import { ownPath } from "../shell/doors.js";
import { element } from "../shell/live.js";

const attributes = `Path=${ownPath("viewer/")}; SameSite=Strict`
  + (location.protocol === "https:" ? "; Secure" : "");

/** A link that opens a session's viewer beside this page. */
export function viewerLink(id, name) {
  const link = element("a", {
    class: "button", href: `viewer/${encodeURIComponent(id)}`, target: "_blank", rel: "noopener",
    "aria-label": `Open ${name}`,
  }, "Open");
  // Before the click: a browser may write cookies later than it follows links. And once more then,
  // since somebody else may have opened a viewer from another tab meanwhile.
  showWhoLooks();
  for (const how of ["pointerenter", "focus"]) link.addEventListener(how, showWhoLooks);
  return link;
}

/** Where a viewer such as noVNC finds a session's stream. */
export function streamAddress(id) {
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  return `${scheme}//${location.host}${ownPath(`viewer/${encodeURIComponent(id)}`)}`;
}

function showWhoLooks() {
  document.cookie = `sessionid=${account.bearer}; ${attributes}`;
}

/** Takes the cookie back when its user has signed out. */
export function followViewers() {
  account.follow(() => {
    if (!account.bearer) document.cookie = `sessionid=; Max-Age=0; ${attributes}`;
  });
}
