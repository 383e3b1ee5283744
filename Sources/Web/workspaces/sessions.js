// The user's own sessions: how long each still has, and why the last ones ended.

import { account } from "../shell/account.js";
import { attempt } from "../shell/act.js";
import { $, Refused, element, show, stationClock } from "../shell/live.js";
import { Rows } from "../shell/rows.js";
import { countdownText, durationText, timeText } from "../shell/times.js";
import { endWords } from "./reading.js";
import { streamAddress, viewerLink } from "./viewer.js";

/** A warned end that has not come this many seconds later does not come: somebody did something. */
const GRACE_SECONDS = 3;
/** Heartbeats in each bound, so that one may get lost. */
const BEATS = 3;

export class Sessions {
  #watch;
  #rows;
  #ended = new Rows($("ended"), endedRow);

  constructor(watch) {
    this.#watch = watch;
    this.#rows = new Rows($("sessions"), (item) => new SessionRow(item, {
      changed: () => watch.lookSoon(), heard: () => watch.wasHeard(item.session.id),
    }));
    $("log-out").addEventListener("click", () => {
      attempt($("log-out"), $("sessions-message"), async () => {
        await account.request("POST", "api/auth/logout");
        account.forget();
      });
    });
  }

  render() {
    const { active, ended, warnings, reasons, workspaces, isOld } = this.#watch;
    this.#rows.show(active.map((session) => ({
      session, isOld, warning: warnings.get(session.id),
      workspace: workspaces.value?.find(({ id }) => id === session.workspaceId),
    })), ({ session }) => session.id);
    this.#ended.show(ended.map((session) => ({ session, reason: reasons.get(session.id) })),
      ({ session }) => session.id);
    $("no-sessions").hidden = active.length > 0;
    $("no-ended").hidden = ended.length > 0;
  }
}

class SessionRow {
  element;
  #facts = element("span", { class: "hint" });
  #left = element("p", { class: "left" });
  #message = element("p", { class: "message", role: "status" });
  #warning = element("p", { class: "warned", role: "alert" });
  #session;
  #beatAt = 0;

  #heard;

  /** `changed()` after it was left, `heard()` after a heartbeat. */
  constructor({ session }, { changed, heard }) {
    this.#heard = heard;
    const leave = element("button", {
      type: "button", class: "quiet", "aria-label": `Disconnect ${session.name}`,
    }, "Disconnect");
    leave.addEventListener("click", async () => {
      const path = `api/sessions/${encodeURIComponent(session.id)}/disconnect`;
      await attempt(leave, this.#message, () => account.request("POST", path));
      changed();
    });
    this.element = element("li", { id: `session-${session.id}` },
      element("div", { class: "line" },
        element("span", { class: "what" }, element("strong", {}, session.name), " ", this.#facts),
        viewerLink(session.id, session.name), leave),
      this.#warning, this.#left,
      element("details", { class: "change small" }, element("summary", {}, "For another viewer"),
        element("p", {}, "Its stream, for a viewer such as noVNC, with the subprotocol ",
          element("code", {}, "binary"), ": ", element("code", {}, streamAddress(session.id)))),
      this.#message);
  }

  update({ session, workspace, warning, isOld }) {
    this.#session = session;
    const runs = (stationClock.now() - session.startedAt) / 1000;
    show(this.#facts, `since ${timeText(session.startedAt)}, tunnel ${session.tunnel}`);
    const secondsLeft = warning ? (warning.endsAt - stationClock.now()) / 1000 : null;
    const isWarned = warning !== undefined && secondsLeft > -GRACE_SECONDS;
    this.element.classList.toggle("is-warned", isWarned);
    this.element.classList.toggle("old", isOld);
    // An alert speaks when its text changes, so the countdown stands beside it.
    show(this.#warning, isWarned ? warningWords(warning) : "");
    show(this.#left,
      isWarned ? `${countdownText(secondsLeft)} left` : bounds(workspace, session, runs));
    if (workspace?.heartbeatSeconds) this.#beat(workspace.heartbeatSeconds);
  }

  /** Whoever looks at this page is there. */
  async #beat(bound) {
    const now = performance.now();
    const isEarly = now - this.#beatAt < (bound / BEATS) * 1000;
    if (isEarly || document.visibilityState === "hidden") return;
    this.#beatAt = now;
    try {
      const id = encodeURIComponent(this.#session.id);
      await account.request("POST", `api/sessions/${id}/heartbeat`);
      this.#heard();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      // The session's end, or a lost connection, is told elsewhere.
    }
  }
}

/** What is announced; `endWords` tells it when it has come. */
const WARNINGS = {
  expired: "it may take no longer",
  idle: "nobody does anything in it",
  heartbeat_lost: "nobody is heard of",
};

function warningWords({ endsAt, reason }) {
  return `It will end at ${timeText(endsAt, true)}: ${WARNINGS[reason] ?? endWords(reason)}.`;
}

function bounds(workspace, session, runs) {
  const { longestSeconds, idleSeconds, heartbeatSeconds } = workspace ?? {};
  const words = [`Runs for ${durationText(runs)}`];
  if (longestSeconds) {
    const end = session.startedAt + longestSeconds * 1000;
    words.push(`${countdownText(longestSeconds - runs)} left, until ${timeText(end)}`);
  }
  if (idleSeconds) words.push(`ends after ${durationText(idleSeconds)} without input`);
  if (heartbeatSeconds) words.push("this page keeps it alive while you look at it");
  return `${words.join("; ")}.`;
}

function endedRow() {
  const name = element("strong");
  const facts = element("span");
  return {
    element: element("li", {}, name, " ", facts),
    update({ session, reason }) {
      const seconds = (session.endedAt - session.startedAt) / 1000;
      show(name, session.name);
      show(facts, `${timeText(session.endedAt)}, after ${durationText(seconds)}: `
        + `${endWords(reason) ?? "the audit does not say why any more"}`);
    },
  };
}
