// The fleet: where everything is and was, which devices there are, and who has them.

import { account } from "../shell/account.js";
import { ConnectionView, announce } from "../shell/connection.js";
import { $, sentence, show } from "../shell/live.js";
import { StationMap } from "../map/map.js";
import { showAntenna } from "./antenna.js";
import { Chosen } from "./chosen.js";
import { DeviceView } from "./device.js";
import { DeviceTable } from "./devices.js";
import { LocationFeed } from "./feed.js";
import { Holdings } from "./holdings.js";
import { LeaseBoard } from "./leases.js";
import { LocationList } from "./list.js";
import { Locations } from "./locations.js";
import { organization } from "./organization.js";
import { Picture } from "./picture.js";
import { missing } from "./rights.js";
import { Rotors } from "./rotors.js";
import { TRAILS_MOST, Trails } from "./trails.js";
import { TimeTravel } from "./travel.js";

/** The map is drawn this often at most, whatever number of messages comes. */
const PICTURE_MILLISECONDS = 250;
/** Texts are read, and ages count seconds. */
const TEXT_MILLISECONDS = 500;

const locations = new Locations();
const connection = new ConnectionView();
const map = new StationMap($("map"), { label: "Map of the locations" });
const trails = new Trails(() => picture.drawTrails());
const travel = new TimeTravel(trails, {
  onChange: () => {
    document.body.classList.toggle("in-past", !travel.isLive);
    picture.clear();
    drawAll();
  },
  onRender: () => drawAll(),
});
const list = new LocationList(locations, {
  organization,
  isTrailShown: (id) => trails.get(id) !== null,
  onChoose: choose,
  onTrail: (id, isShown) => (isShown ? showTrail(id) : trails.hide(id)),
  onFilter: () => list.render(),
});
const picture = new Picture(map, {
  locations, trails, travel, isMine: (location) => list.isMine(location),
});
const feed = new LocationFeed(locations, {
  onOpen: caughtUp, onTick: (location) => trails.hear(location), onState: renderText,
});
const chosen = new Chosen({ locations, trails, feed, onClose: () => choose(null) });
const rotors = new Rotors(() => chosen.location);
const holdings = new Holdings(renderHoldings);
const board = new LeaseBoard(holdings);
const device = new DeviceView(holdings, board, () => chooseDevice(null));
const devices = new DeviceTable(holdings, chooseDevice);
/** Whose page this is: the token, so that somebody else begins with an empty one. */
let bearer = null;
/** Where the map was centred last. */
let centred = null;

// ---- Where everything is

/** There is a connection (again): what was missed is in the trails. */
function caughtUp() {
  trails.reload();
  if (!account.me) account.begin();
}

function showTrail(id) {
  const gone = trails.show(id);
  if (gone) announce(`At most ${TRAILS_MOST} trails are shown: the oldest one made room.`);
  drawAll();
}

/** Chooses a location: the map goes there, and its trail is shown. */
function choose(id) {
  chosen.choose(id);
  list.chosen = id;
  map.choose(id);
  if (id) {
    showTrail(id);
    centre();
  }
  renderText();
}

/** Where the chosen location is at the moment that the map shows, or null. */
function chosenPlace() {
  if (travel.isLive) return chosen.location?.place ?? null;
  const trail = trails.get(chosen.id);
  return trail?.positions[trail.indexAt(travel.now)] ?? null;
}

function centre() {
  const place = chosenPlace();
  // In the middle of a zoom the map would stay at the old one.
  if (!place || $("map").querySelector(".leaflet-zoom-anim")) return;
  centred = place;
  map.view = { latitude: place.latitude, longitude: place.longitude };
}

function drawAll() {
  picture.render();
  if (chosen.isFollowed && chosenPlace() !== centred) centre();
}

// ---- Devices and leases

function chooseDevice(chosenDevice) {
  devices.chosen = chosenDevice?.id ?? null;
  device.choose(chosenDevice);
  devices.render();
  if (chosenDevice) $("device-detail").scrollIntoView({ block: "nearest" });
}

function renderHoldings() {
  devices.render();
  board.render();
  device.render();
}

// ---- Who looks, and at what

function accountChanged() {
  organization.render();
  feed.accountChanged();
  if (account.bearer !== bearer) {
    bearer = account.bearer;
    begin();
  }
  $("parts").hidden = !account.bearer;
  $("sign-in-first").hidden = Boolean(account.bearer);
  holdings.ask();
  renderText();
}

/** Nothing of what somebody else, or another organisation, has seen stays. */
function begin() {
  travel.goLive();
  trails.clear();
  picture.forget();
  choose(null);
  chooseDevice(null);
  holdings.forget();
  renderHoldings();
}

function renderText() {
  const lack = missing("see where the locations are", {
    anyOf: ["geo.view_location", "geo.change_location"],
  });
  connection.render(feed.socket);
  // Who may not see the locations is told so beside the map; the rest of the page is live.
  if (lack) $("blind").hidden = true;
  show($("locations-message"), lack || sentence(feed.refusal));
  document.body.classList.toggle("blind", feed.socket?.isOpen !== true);
  list.render();
  chosen.render();
  travel.render();
  rotors.render();
}

function wireTabs() {
  for (const tab of document.querySelectorAll("[data-part]")) {
    tab.addEventListener("click", () => {
      document.body.dataset.shown = tab.dataset.part;
      for (const other of document.querySelectorAll("[data-part]")) {
        other.setAttribute("aria-pressed", String(other === tab));
      }
    });
  }
}

map.onPoint = choose;
wireTabs();
showAntenna(map);
organization.follow(() => {
  begin();
  holdings.ask();
  renderText();
});
$("follow").addEventListener("change", centre);
$("fit").addEventListener("click", () => map.fit());
account.follow(accountChanged);
setInterval(() => {
  if (document.visibilityState === "visible") drawAll();
}, PICTURE_MILLISECONDS);
setInterval(() => {
  if (document.visibilityState !== "visible") return;
  renderText();
  renderHoldings();
}, TEXT_MILLISECONDS);
