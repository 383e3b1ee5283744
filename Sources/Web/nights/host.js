// The host's page: tonight with its games, room and votes; and what there is beside it.

import { ConnectionView } from "../shell/connection.js";
import { $, ageText, show } from "../shell/live.js";
import { host } from "./access.js";
import { followCatalogue } from "./catalogue.js";
import { followChats } from "./chat.js";
import { showSignIn } from "./door.js";
import { Evening } from "./evening.js";
import { followHistory } from "./history.js";
import { RoomCard } from "./room.js";
import { VotesCard } from "./votes.js";
import { NightWatch } from "./watch.js";
import { followWebhooks } from "./webhooks.js";

const connection = new ConnectionView();
const changed = () => watch.lookSoon();
const evening = new Evening(changed);
const room = new RoomCard(changed);
const votes = new VotesCard();
const watch = new NightWatch({
  onTonight: render,
  onNews: (message) => {
    room.told(message);
    votes.told(message);
  },
});

function render() {
  showAge();
  const tonight = watch.tonight.value;
  if (!tonight) return;
  evening.render(tonight);
  votes.render(tonight);
}

/** Called every second, too: what is shown grows old. */
function showAge() {
  connection.render(watch.connection);
  const { tonight, isOld, isFollowing, problem } = watch;
  $("tonight").classList.toggle("old", isOld && tonight.value !== null);
  if (isOld) show($("tonight-age"), tonight.value === null ? "" : `old: ${ageText(tonight.age)}`);
  else show($("tonight-age"), isFollowing ? "live" : `asked every 3 s. ${problem}`.trim());
  if (tonight.value) room.render(tonight.value, watch);
}

host.follow(() => {
  const mayHost = Boolean(host.bearer);
  for (const part of document.querySelectorAll(".host-only")) part.hidden = !mayHost;
  watch.useBearer(host.bearer);
  render();
});
setInterval(showAge, 1000);
showSignIn();
followCatalogue(changed);
followChats();
followHistory();
followWebhooks();
host.begin();
