// What there is to work with: each with its state, its bounds, and a way in.

import { account } from "../shell/account.js";
import { attempt, say } from "../shell/act.js";
import { $, element, show } from "../shell/live.js";
import { Rows } from "../shell/rows.js";
import { boundsWords } from "./reading.js";

/** A program may take long to start: `startSeconds` of its command, and some more. */
const LAUNCH_MILLISECONDS = 150000;

export class Offers {
  #rows;

  /** `changed()` after something began or ended; `edit(workspace)` for administrators. */
  constructor(changed, edit) {
    this.#rows = new Rows($("offers"), (workspace) => new Offer(workspace, changed, edit));
  }

  render(workspaces, active) {
    this.#rows.show(workspaces.map((workspace) => ({
      workspace, own: active.filter(({ workspaceId }) => workspaceId === workspace.id).length,
    })), ({ workspace }) => workspace.id);
    $("no-offers").hidden = workspaces.length > 0;
  }
}

class Offer {
  element;
  #workspace;
  #changed;
  #own = 0;
  #name = element("strong");
  #state = element("span", { class: "tag" });
  #facts = element("p", { class: "small facts" });
  #page = element("a", { target: "_blank", rel: "noopener noreferrer", class: "small" });
  #message = element("p", { class: "message", role: "status" });
  #launch = element("button", { type: "button" }, "Launch");
  #stop = element("button", { type: "button", class: "quiet" }, "Stop mine");
  #edit = element("button", { type: "button", class: "quiet" }, "Change");

  constructor({ workspace }, changed, edit) {
    this.#changed = changed;
    this.element = element("li", { id: `offer-${workspace.id}` },
      element("div", { class: "line" },
        element("span", { class: "what" }, this.#name, " ", this.#state),
        this.#launch, this.#stop, this.#edit),
      this.#facts, this.#page, this.#message);
    this.#launch.addEventListener("click", () => this.#begin());
    this.#stop.addEventListener("click", () => this.#do(this.#stop, () => this.#ask("stop")));
    this.#edit.addEventListener("click", () => edit(this.#workspace));
    for (const [button, verb] of [
      [this.#launch, "Launch"], [this.#stop, "Stop my sessions of"], [this.#edit, "Change"],
    ]) button.setAttribute("aria-label", `${verb} ${workspace.name}`);
  }

  update({ workspace, own }) {
    this.#workspace = workspace;
    show(this.#name, workspace.name);
    show(this.#state, workspace.state);
    this.#state.dataset.status = workspace.status;
    const facts = [workspace.description, workspace.hardware.join(", "), boundsWords(workspace)];
    show(this.#facts, facts.filter(Boolean).join(" · "));
    this.#page.hidden = workspace.url === "";
    if (workspace.url) this.#page.href = workspace.url;
    show(this.#page, workspace.url);
    // Once a session is over, it runs no longer; why it could not begin stays to be read.
    if (own < this.#own && !this.#message.classList.contains("bad")) say(this.#message, "");
    this.#own = own;
    this.#launch.hidden = !["available", "running"].includes(workspace.status);
    this.#stop.hidden = own === 0;
    this.#edit.hidden = account.me?.superuser !== true;
  }

  #ask(verb, options) {
    const id = encodeURIComponent(this.#workspace.id);
    return account.request("POST", `api/workspaces/${id}/${verb}`, options);
  }

  /** Waits until it can be worked with, and says how long that takes. */
  #begin() {
    this.#do(this.#launch, async () => {
      const since = performance.now();
      const tell = () => {
        const seconds = Math.floor((performance.now() - since) / 1000);
        say(this.#message, `Starting ${this.#workspace.name}… ${seconds} s`);
      };
      tell();
      const timer = setInterval(tell, 1000);
      try {
        const answer = await this.#ask("launch", { limit: LAUNCH_MILLISECONDS });
        const { security } = answer ?? {};
        const recorded = security?.session_recording === true ? " Its stream is recorded." : "";
        say(this.#message, `It runs.${recorded} Tunnel: ${answer?.tunnel_status ?? "unknown"}.`);
      } finally {
        clearInterval(timer);
      }
    });
  }

  async #do(button, work) {
    const isDone = await attempt(button, this.#message, work);
    // The refusal says that a second factor is needed; this is where it is set up.
    if (!isDone && this.#workspace.needsSecondFactor) $("factor").open = true;
    this.#changed();
  }
}
