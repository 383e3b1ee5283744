// For whom the page asks, when its user acts for several organisations.

import { account } from "../shell/account.js";
import { $, keep, kept } from "../shell/live.js";

const KEY = "fleet-organization";

/** The chosen organisation; every request that the API takes one for carries it. */
class OrganizationChoice {
  #onChange = [];
  #wanted = kept("localStorage", KEY);

  constructor() {
    $("organization").addEventListener("change", () => {
      this.#wanted = $("organization").value;
      keep("localStorage", KEY, this.#wanted);
      for (const onChange of this.#onChange) onChange();
    });
  }

  /** Those that the user acts for, or none while that is not known. */
  get all() {
    const listed = account.me?.organizations;
    return Array.isArray(listed) ? listed.filter(({ id }) => typeof id === "string") : [];
  }

  /** The chosen one's id, else the one that the station would take, else null. */
  get id() {
    if (this.all.some(({ id }) => id === this.#wanted)) return this.#wanted;
    return account.me?.organization ?? this.all[0]?.id ?? null;
  }

  /** The user's role in it; null for a superuser who is no member. */
  get role() {
    return this.all.find(({ id }) => id === this.id)?.role ?? null;
  }

  /** True when the user may end what others hold there. */
  get isManaged() {
    return account.me?.superuser === true || ["manager", "owner"].includes(this.role);
  }

  /** Calls back whenever another one is chosen. */
  follow(onChange) {
    this.#onChange.push(onChange);
  }

  /** A request in the user's name, for the chosen organisation. */
  request(method, path, options = {}) {
    const headers = { ...options.headers };
    if (this.id) headers["X-Organization-Id"] = this.id;
    return account.request(method, path, { ...options, headers });
  }

  render() {
    const options = this.all.map(({ id, name }) => new Option(String(name), id));
    $("organization").replaceChildren(...options);
    if (this.id) $("organization").value = this.id;
    const isAlone = this.all.length < 2;
    $("organization-row").hidden = isAlone;
    document.body.classList.toggle("one-organization", isAlone);
  }
}

export const organization = new OrganizationChoice();
