// The workspaces' page: what there is, what one has, and for administrators what everybody does.

import { account } from "../shell/account.js";
import { ConnectionView } from "../shell/connection.js";
import { $, ageText, show } from "../shell/live.js";
import { followAudit } from "./audit.js";
import { followDoor } from "./door.js";
import { Editor } from "./editor.js";
import { Everybody } from "./everybody.js";
import { followFactor } from "./factor.js";
import { Offers } from "./offers.js";
import { Sessions } from "./sessions.js";
import { followViewers } from "./viewer.js";
import { WorkspaceWatch } from "./watch.js";

const connection = new ConnectionView();
const everybody = new Everybody();
const watch = new WorkspaceWatch({ onChange: render, onSession: () => everybody.load() });
const changed = () => watch.lookSoon();
const editor = new Editor(changed);
const offers = new Offers(changed, (workspace) => editor.open(workspace));
const sessions = new Sessions(watch);

function render() {
  showTime();
  offers.render(watch.workspaces.value ?? [], watch.active);
}

/** Called every second, too: what is shown grows old, and time runs out. */
function showTime() {
  if (watch.connection) connection.render(watch.connection);
  sessions.render();
  const { workspaces, isOld } = watch;
  const isKnown = workspaces.value !== null;
  $("offers-card").classList.toggle("old", isKnown && isOld);
  show($("offers-age"), !isKnown ? "" : isOld ? `old: ${ageText(workspaces.age)}` : "live");
}

account.follow(() => {
  const [isHere, isAdministrator] = [Boolean(account.bearer), account.me?.superuser === true];
  $("door").hidden = isHere;
  for (const part of document.querySelectorAll(".signed-in-only")) part.hidden = !isHere;
  for (const part of document.querySelectorAll(".admin-only")) part.hidden = !isAdministrator;
  if (!isHere) {
    // Nobody listens, so nothing is missed.
    $("blind").hidden = true;
    $("connection").dataset.state = "connecting";
    show($("connection"), "not signed in");
  }
  watch.useAccount();
  everybody.load();
});
setInterval(showTime, 1000);
followAudit();
followDoor();
followFactor();
followViewers();
