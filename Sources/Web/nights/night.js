// What the station tells of a night, checked: whatever is missing or of another kind is left out.

import { request } from "../shell/live.js";

/** Games of one night that are shown; the station keeps at most as many. */
const MOST_GAMES = 500;
/** Names of one room that are kept; the audience of a stream is only counted. */
const MOST_PLAYERS = 500;

const STATUSES = ["playing", "played", "skipped"];

const text = (value) => (typeof value === "string" ? value : "");
const number = (value) => (Number.isFinite(value) ? value : null);
const list = (value) => (Array.isArray(value) ? value : []);

/** A session of the API: `{ id, notes, isActive, beganAt, endedAt, gamesPlayed }`, or null. */
export function readNight(json) {
  if (!Number.isInteger(json?.id)) return null;
  return {
    id: json.id,
    notes: text(json.notes),
    isActive: json.is_active === 1 || json.is_active === true,
    beganAt: Date.parse(json.created_at),
    endedAt: Date.parse(json.closed_at),
    gamesPlayed: number(json.games_played) ?? 0,
  };
}

/** The games of a night, in the order in which they were played. */
export function readGames(json) {
  return list(json).filter((game) => Number.isInteger(game?.id)).slice(-MOST_GAMES).map((game) => ({
    id: game.id,
    catalogueId: game.game_id,
    title: text(game.title) || "A game without a name",
    pack: text(game.pack_name),
    status: STATUSES.includes(game.status) ? game.status : "played",
    roomCode: text(game.room_code),
    playedAt: Date.parse(game.played_at),
    players: number(game.player_count),
    leastPlayers: number(game.min_players),
    mostPlayers: number(game.max_players),
  }));
}

/** Votes by the number of the catalogue's game: `{ up, down, net }`. */
export function readVotes(json) {
  const votes = new Map();
  for (const vote of list(json?.votes)) {
    if (!Number.isInteger(vote?.game_id)) continue;
    const [up, down] = [number(vote.upvotes) ?? 0, number(vote.downvotes) ?? 0];
    votes.set(vote.game_id, { up, down, net: up - down });
  }
  return votes;
}

/** A room as its monitor sees it, or what is remembered of it; null when the answer is neither. */
export function readRoom(json) {
  if (!Number.isInteger(json?.gameId)) return null;
  return {
    nightGame: json.gameId,
    isWatched: json.monitoring === true,
    check: text(json.status),
    isOver: json.gameFinished === true,
    hasStarted: json.gameStarted === true,
    lobby: text(json.lobbyState),
    state: text(json.gameState),
    app: text(json.appTag),
    players: list(json.players).filter((name) => typeof name === "string").slice(0, MOST_PLAYERS),
    count: number(json.playerCount),
    most: number(json.maxPlayers),
  };
}

/** No votes yet. */
export const NO_VOTES = { up: 0, down: 0, net: 0 };

/** "+3", "0", "−2". */
export function scoreText(net) {
  if (net > 0) return `+${net}`;
  return net < 0 ? `−${-net}` : "0";
}

/** What a room is up to, in words for everybody; empty when nobody watches it. */
export function roomWords(room) {
  if (!room?.isWatched) return "";
  if (room.isOver) return "The game is over.";
  if (room.hasStarted) return "The game has started.";
  if (room.lobby === "CanStart") return "Ready to start.";
  if (room.lobby === "Countdown") return "Starting…";
  return room.state === "" ? "Looking into the room…" : "Join now.";
}

/**
 * The whole of the night that is active: `{ night, games, playing, votes, room }`, with the night
 * null when there is none. Needs no token.
 */
export async function askForTonight() {
  const night = readNight(await request("GET", "api/sessions/active"));
  if (!night) return { night: null, games: [], playing: null, votes: new Map(), room: null };
  const path = `api/sessions/${night.id}`;
  const [gamesJSON, votesJSON] = await Promise.all([
    request("GET", `${path}/games`), request("GET", `${path}/votes`),
  ]);
  const games = readGames(gamesJSON);
  const playing = games.find(({ status }) => status === "playing") ?? null;
  const room = playing
    ? readRoom(await request("GET", `${path}/games/${playing.id}/status-live`)) : null;
  return { night, games, playing, votes: readVotes(votesJSON), room };
}
