// Following workspaces and sessions: asked for, and again whenever the live socket tells of a
// session that began, is warned or has ended.

import { account } from "../shell/account.js";
import { ownPath } from "../shell/doors.js";
import { Reading, Refused } from "../shell/live.js";
import { oneAtATime } from "../shell/once.js";
import { LiveSocket } from "../shell/socket.js";
import { readAll, readSession, readWorkspace } from "./reading.js";

/** What others do with a workspace, and what administrators change, is not told. */
const POLL_MILLISECONDS = 15000;
/** Workspaces this old, in seconds, were missed a few times. */
const OLD_SECONDS = 45;
/** Ended sessions that are shown. */
const MOST_ENDED = 10;
/** Reasons of ends and warnings that are remembered; the oldest go first. */
const MOST_REMEMBERED = 500;

/** By then the station has mostly said who is signed in. */
const KNOWN_MILLISECONDS = 1500;

/** The close code for rights (RFC 6455). */
const ENDED = { 1008: "The sign-in was taken back. Sign in again." };

export class WorkspaceWatch {
  workspaces = new Reading();
  /** The user's own. */
  active = [];
  ended = [];
  /** Why sessions ended, by id. */
  reasons = new Map();
  /** `{ endsAt, reason }` of sessions that are warned, by id. */
  warnings = new Map();

  #wants;
  #socket = null;
  #bearer = null;
  #isAdministrator = false;
  #lookOnce = oneAtATime(() => this.#look());
  #timer = null;
  #waitTimer = null;

  /** `onChange()` after every answer; `onSession()` when anybody's session began or ended. */
  constructor({ onChange, onSession }) {
    this.#wants = { onChange, onSession };
    document.addEventListener("visibilitychange", () => this.lookSoon());
  }

  get connection() {
    return this.#socket;
  }

  get isOld() {
    return !this.#socket?.isOpen || this.workspaces.value === null
      || this.workspaces.age > OLD_SECONDS;
  }

  /** Follows in the name of who is signed in now; forgets all of who was before. */
  useAccount() {
    const isAdministrator = account.me?.superuser === true;
    const isSame = this.#bearer === account.bearer && this.#isAdministrator === isAdministrator;
    if (isSame && this.#socket) return;
    if (this.#bearer !== account.bearer) this.#forget();
    this.#bearer = account.bearer;
    this.#isAdministrator = isAdministrator;
    this.#socket?.close();
    this.#socket = null;
    clearTimeout(this.#waitTimer);
    // Who is known is heard in full at once; a station that is away is told of all the same.
    if (account.me) this.#hear();
    else if (this.#bearer) this.#waitTimer = setTimeout(() => this.#hear(), KNOWN_MILLISECONDS);
    this.#wants.onChange();
  }

  /** Asks now, and again after a while; hidden pages rest. */
  async lookSoon() {
    if (!this.#bearer || document.visibilityState === "hidden") return;
    try {
      await this.#lookOnce();
    } finally {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.lookSoon(), POLL_MILLISECONDS);
    }
  }

  /** After a heartbeat a session does not end for the want of one. */
  wasHeard(id) {
    if (this.warnings.get(id)?.reason === "heartbeat_lost") this.warnings.delete(id);
  }

  async #look() {
    const bearer = this.#bearer;
    if (!bearer) return;
    try {
      const [workspaces, sessions] = await Promise.all([
        account.request("GET", "api/workspaces"), account.request("GET", "api/sessions?limit=100"),
      ]);
      // Somebody else may have signed in meanwhile.
      if (bearer !== this.#bearer) return;
      this.workspaces.set(readAll(workspaces, readWorkspace));
      const all = readAll(sessions, readSession);
      this.active = all.filter(({ isActive }) => isActive);
      this.ended = all.filter(({ isActive }) => !isActive).slice(0, MOST_ENDED);
      for (const { id } of this.ended) this.warnings.delete(id);
      if (this.ended.some(({ id }) => !this.reasons.has(id))) await this.#askWhy();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      // The socket finds out by itself, and says why.
    }
    this.#wants.onChange();
  }

  /** The audit knows why what ended while nobody listened. */
  async #askWhy() {
    const entries = await account.request("GET", "api/audit-logs");
    for (const entry of Array.isArray(entries) ? entries : []) {
      if (entry?.action !== "end_session" || typeof entry.endReason !== "string") continue;
      this.#remember(String(entry.resource).replace(/^session:/, ""), entry.endReason);
    }
    // What even the audit has forgotten is not asked for again.
    for (const { id } of this.ended) if (!this.reasons.has(id)) this.#remember(id, null);
  }

  #remember(id, reason) {
    this.reasons.set(id, reason);
    forgetOldest(this.reasons);
  }

  #hear() {
    this.#socket = new LiveSocket({
      path: () => {
        const all = this.#isAdministrator ? "?all=true" : "";
        return account.socketPath(ownPath("api/sessions/live") + all);
      },
      ended: ENDED,
      explain: () => account.request("GET", "api/auth/me"),
      onOpen: () => {
        // The station may have been away when this page began.
        if (!account.me) account.begin();
        this.lookSoon();
      },
      onMessage: (message) => this.#told(message),
      onState: () => this.#wants.onChange(),
    });
    this.#socket.start();
  }

  #told({ type, data }) {
    const session = readSession(data);
    if (!session) return;
    if (type === "session.warning") {
      const endsAt = Date.parse(data.ends_at);
      if (!Number.isFinite(endsAt)) return;
      this.warnings.set(session.id, { endsAt, reason: data.end_reason });
      forgetOldest(this.warnings);
    } else {
      this.warnings.delete(session.id);
      if (type === "session.ended") this.#remember(session.id, data.end_reason ?? null);
      this.#wants.onSession();
    }
    this.#wants.onChange();
    this.lookSoon();
  }

  #forget() {
    this.workspaces.clear();
    this.active = [];
    this.ended = [];
    this.reasons.clear();
    this.warnings.clear();
  }
}

function forgetOldest(map) {
  if (map.size > MOST_REMEMBERED) map.delete(map.keys().next().value);
}
