// What the station tells of workspaces and sessions, checked.

import { durationText } from "../shell/times.js";

const text = (value) => (typeof value === "string" ? value : "");
const seconds = (value) => (Number.isFinite(value) && value > 0 ? value : null);

/** What a workspace is, in words; anything else is shown as it came. */
const STATES = {
  available: "available",
  running: "running",
  coming_soon: "coming soon",
  stopped: "taken out of use",
  error: "out of order",
};

/** Why a session is over. */
const ENDS = {
  disconnected: "its user left it",
  stopped: "the workspace was stopped",
  logged_out: "its user logged out",
  expired: "it took as long as it may",
  idle: "nobody did anything in it",
  heartbeat_lost: "nobody was heard of",
  forced: "an administrator ended it",
  workspace_deleted: "the workspace was deleted",
  crashed: "its program ended by itself",
  start_failed: "its program could not be started",
  interrupted: "the station was restarted",
};

/** The reason in words; null when there is none. */
export function endWords(reason) {
  return ENDS[reason] ?? (text(reason) || null);
}

/** A workspace, or null; `json` is what it was made of. */
export function readWorkspace(json) {
  if (typeof json?.id !== "string" || typeof json.name !== "string") return null;
  return {
    id: json.id,
    name: json.name,
    type: text(json.type),
    description: text(json.description),
    status: text(json.status),
    state: STATES[json.status] ?? text(json.status),
    hardware: [json.cpu, json.memory, json.storage].map(text).filter(Boolean),
    url: /^https?:\/\//.test(text(json.url)) ? json.url : "",
    needsSecondFactor: json.requires_mfa === true,
    isRecorded: json.records_sessions === true,
    longestSeconds: seconds(json.max_duration_seconds),
    idleSeconds: seconds(json.idle_timeout_seconds),
    heartbeatSeconds: seconds(json.heartbeat_seconds),
    json,
  };
}

/** A session, or null. */
export function readSession(json) {
  if (typeof json?.id !== "string") return null;
  return {
    id: json.id,
    userId: text(json.user_id),
    user: text(json.user_email),
    workspaceId: text(json.workspace_id),
    name: text(json.workspace_name) || "A workspace without a name",
    isActive: json.status === "active",
    startedAt: Date.parse(json.started_at),
    endedAt: Date.parse(json.ended_at),
    address: text(json.ip_address),
    tunnel: text(json.tunnel_status),
  };
}

/** A list of the station's answers, those that are none left out. */
export function readAll(json, read) {
  return (Array.isArray(json) ? json : []).map(read).filter(Boolean);
}

/** What a workspace's sessions are bound by, in words. */
export function boundsWords(workspace) {
  const bounds = [];
  const { longestSeconds, idleSeconds, heartbeatSeconds } = workspace;
  if (longestSeconds) bounds.push(`at most ${durationText(longestSeconds)}`);
  if (idleSeconds) bounds.push(`ends after ${durationText(idleSeconds)} without input`);
  if (heartbeatSeconds) {
    bounds.push(`ends after ${durationText(heartbeatSeconds)} without a sign of its user`);
  }
  if (workspace.needsSecondFactor) bounds.push("needs a second factor");
  if (workspace.isRecorded) bounds.push("its stream is recorded");
  return bounds.length > 0 ? bounds.join("; ") : "no bounds";
}
