// Adding, changing and deleting workspaces, for administrators.

import { account } from "../shell/account.js";
import { attempt, say, surely } from "../shell/act.js";
import { $, Refused, show } from "../shell/live.js";
import { typedSeconds, typedText } from "../shell/times.js";

const TEXTS = {
  "edit-name": "name", "edit-type": "type", "edit-status": "status",
  "edit-description": "description", "edit-driver": "driver", "edit-cpu": "cpu",
  "edit-memory": "memory", "edit-storage": "storage",
};
const FLAGS = { "edit-mfa": "requires_mfa", "edit-records": "records_sessions" };
const BOUNDS = {
  "edit-duration": "max_duration_seconds", "edit-idle": "idle_timeout_seconds",
  "edit-heartbeat": "heartbeat_seconds", "edit-warning": "warning_seconds",
};
/** What the station does not tell: it stays as it is unless something is typed. */
const REHEARSAL = { "edit-starts": "starts_in_seconds", "edit-crashes": "crashes_after_seconds" };
/** Texts that may be absent. */
const OPTIONAL = ["cpu", "memory", "storage"];

export class Editor {
  #workspace = null;

  constructor(changed) {
    const close = () => { $("editor").hidden = true; };
    const done = async (button, work) => {
      if (!await attempt(button, $("editor-message"), work)) return;
      close();
      changed();
    };
    $("add-workspace").addEventListener("click", () => this.open(null));
    $("editor-cancel").addEventListener("click", close);
    $("edit-driver").addEventListener("change", showDriver);
    $("editor-form").addEventListener("submit", (event) => {
      event.preventDefault();
      done($("editor-save"), () => this.#save());
    });
    surely($("editor-delete"), "Really delete it? Its sessions end", () => {
      done($("editor-delete"), () => account.request("DELETE", this.#path));
    });
    account.follow(close);
  }

  /** Opens for a workspace, or for a new one with null. */
  open(workspace) {
    this.#workspace = workspace;
    const json = workspace?.json ?? { status: "available", driver: "process" };
    for (const [id, key] of Object.entries(TEXTS)) $(id).value = json[key] ?? "";
    if (json.status === "running") $("edit-status").value = "available";
    for (const [id, key] of Object.entries(FLAGS)) $(id).checked = json[key] === true;
    for (const [id, key] of Object.entries(BOUNDS)) $(id).value = typedText(json[key]);
    for (const id of [...Object.keys(REHEARSAL), "edit-failure"]) $(id).value = "";
    $("edit-command").value = json.command ?? "";
    show($("editor-title"), workspace ? `Change ${workspace.name}` : "Add a workspace");
    $("editor-delete").hidden = !workspace;
    say($("editor-message"), "");
    showDriver();
    $("editor").hidden = false;
    // No dialog: the browser lays those above the red of the night.
    $("editor").scrollIntoView({ block: "nearest" });
    $("edit-name").focus();
  }

  get #path() {
    return `api/workspaces/${encodeURIComponent(this.#workspace.id)}`;
  }

  #save() {
    const body = this.#body();
    if (this.#workspace) return account.request("PUT", this.#path, { body });
    return account.request("POST", "api/workspaces", { body });
  }

  #body() {
    const body = {};
    for (const [id, key] of Object.entries(TEXTS)) {
      const text = $(id).value.trim();
      body[key] = text === "" && OPTIONAL.includes(key) ? null : text;
    }
    for (const [id, key] of Object.entries(FLAGS)) body[key] = $(id).checked;
    for (const [id, key] of Object.entries(BOUNDS)) body[key] = secondsOf(id);
    if (body.driver === "process") {
      body.command = $("edit-command").value.trim();
      return body;
    }
    for (const [id, key] of Object.entries(REHEARSAL)) {
      const seconds = secondsOf(id);
      if (seconds !== null) body[key] = seconds;
    }
    const failure = $("edit-failure").value.trim();
    if (failure) body.start_failure = failure;
    return body;
  }
}

function secondsOf(id) {
  const seconds = typedSeconds($(id).value);
  if (!Number.isNaN(seconds)) return seconds;
  $(id).focus();
  throw new Refused(0, `"${$(id).value}" is no time such as 45s, 30m or 8h.`);
}

function showDriver() {
  const isProcess = $("edit-driver").value === "process";
  for (const part of document.querySelectorAll(".process-only")) part.hidden = !isProcess;
  for (const part of document.querySelectorAll(".simulated-only")) part.hidden = isProcess;
}
