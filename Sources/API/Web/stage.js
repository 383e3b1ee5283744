// The stage: what a television shows of a game night. It asks again every few seconds, which needs
// no token; with a host's token behind # it hears the news as they happen and asks then.

const POLL_MS = 3000;
const POLL_WITH_SOCKET_MS = 20000;
/// Without an answer for so long what is shown is not live any more.
const BLIND_AFTER_MS = 10000;
const PING_MS = 30000;
const RECONNECT_MS = 3000;

const $ = (id) => document.getElementById(id);
const token = new URLSearchParams(location.hash.slice(1)).get("token");
let lastAnswer = Date.now();
let lastProblem = "";
let night = null;
let socket = null;
let isFollowing = false;

// MARK: Asking

async function get(path) {
  const answer = await fetch(path, { cache: "no-store" });
  if (!answer.ok) throw new Error(`the station answered ${answer.status}`);
  return answer.json();
}

async function look() {
  try {
    const active = await get("api/sessions/active");
    if (active.session === null) {
      night = null;
      show(null, [], [], null);
    } else {
      const path = `api/sessions/${active.id}`;
      const [games, votes] = await Promise.all([get(`${path}/games`), get(`${path}/votes`)]);
      const playing = games.find((game) => game.status === "playing");
      const room = playing ? await get(`${path}/games/${playing.id}/status-live`) : null;
      night = active;
      show(active, games, votes.votes, room);
    }
    lastAnswer = Date.now();
    lastProblem = "";
  } catch (error) {
    lastProblem = error.message;
  }
  if (socket?.readyState === WebSocket.OPEN && night && isFollowing !== night.id) follow();
  showHealth();
}

// One look at a time, and never two waiting: news come in bursts.
let isLooking = false;
let isWanted = false;
async function lookSoon() {
  if (isLooking) { isWanted = true; return; }
  isLooking = true;
  do {
    isWanted = false;
    await look();
  } while (isWanted);
  isLooking = false;
}

async function poll() {
  await lookSoon();
  setTimeout(poll, isFollowing ? POLL_WITH_SOCKET_MS : POLL_MS);
}

// MARK: Hearing

function follow() {
  isFollowing = night.id;
  socket.send(JSON.stringify({ type: "subscribe", sessionId: night.id }));
}

function hear() {
  const url = new URL("api/sessions/live", location.href);
  url.protocol = url.protocol.replace("http", "ws");
  url.hash = "";
  socket = new WebSocket(url);
  const ping = setInterval(() => {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ type: "ping" }));
  }, PING_MS);
  socket.onopen = () => socket.send(JSON.stringify({ type: "auth", token }));
  socket.onmessage = (event) => {
    const message = JSON.parse(event.data);
    if (message.type === "auth_error") lastProblem = "the token in the address is not valid";
    if (message.type !== "pong") lookSoon();
  };
  socket.onclose = () => {
    clearInterval(ping);
    isFollowing = false;
    setTimeout(hear, RECONNECT_MS);
  };
}

// MARK: Showing

function show(active, games, votes, room) {
  const playing = games.find((game) => game.status === "playing");
  $("night").textContent = active?.notes || "Game night";
  $("game").hidden = !playing;
  $("nothing").hidden = Boolean(playing);
  $("nothing").textContent = active ? "No game is played now." : "No game night now.";
  if (playing) {
    $("title").textContent = playing.title;
    $("pack").textContent = playing.pack_name;
    showRoom(playing, room);
    const own = votes.find((vote) => vote.game_id === playing.game_id);
    $("score").textContent = own?.net_score ?? 0;
    $("ups").textContent = own?.upvotes ?? 0;
    $("downs").textContent = own?.downvotes ?? 0;
  }
  showPlayers(playing, room);
  showEvening(games, votes);
}

function showRoom(playing, room) {
  $("room").hidden = !playing.room_code;
  $("room-code").textContent = playing.room_code ?? "";
  $("room-state").textContent = !room?.monitoring ? ""
    : room.gameFinished ? "The game is over."
    : room.gameStarted ? "The game has started."
    : room.lobbyState === "CanStart" ? "Ready to start."
    : room.gameState === null ? "Looking into the room…" : "Join now.";
}

function showPlayers(playing, room) {
  const names = room?.players ?? [];
  const count = room?.playerCount ?? playing?.player_count;
  $("crowd").hidden = !playing || (names.length === 0 && !count);
  $("player-count").textContent = room?.maxPlayers ? `${count} of ${room.maxPlayers}` : count ?? "";
  $("players").replaceChildren(...names.map((name) => item(name)));
}

function showEvening(games, votes) {
  $("evening").hidden = games.length === 0;
  $("standings").replaceChildren(...games.map((game) => {
    const score = votes.find((vote) => vote.game_id === game.game_id)?.net_score ?? 0;
    const line = item("");
    const title = document.createElement("span");
    title.textContent = game.title;
    const value = document.createElement("span");
    value.textContent = game.status === "skipped" ? "skipped" : score > 0 ? `+${score}` : score;
    line.append(title, value);
    line.classList.toggle("now", game.status === "playing");
    return line;
  }));
}

function item(text) {
  const line = document.createElement("li");
  line.textContent = text;
  return line;
}

function showHealth() {
  const age = Date.now() - lastAnswer;
  const isBlind = age > BLIND_AFTER_MS;
  $("blind").hidden = !isBlind;
  $("blind-why").textContent =
    `The station has not answered for ${Math.round(age / 1000)} seconds` +
    (lastProblem ? ` (${lastProblem}).` : ".");
  $("connection").dataset.state = isBlind ? "lost" : "live";
  $("connection").textContent = isBlind ? "not live" : isFollowing ? "live" : "every 3 seconds";
}

setInterval(showHealth, 1000);
if (token) hear();
poll();
