// Where a page asks who somebody is: at the station's own endpoints or, on a port that an API has
// for itself, at that API's.

import { Refused, request } from "./live.js";

/** The pages of APIs that may have a port of their own, with the path that they have otherwise. */
const BASES = { nights: "/game-night/", workspaces: "/workspaces/" };

const page = document.getElementById("bar")?.dataset.page;

/** Whether this page's API has a port for itself: no other page and API is beside it. */
export const isAlone = page in BASES && !location.pathname.startsWith(BASES[page]);

/** The path of one of the API's own addresses, wherever the API stands. */
export function ownPath(relative) {
  return new URL(relative, location.href).pathname;
}

const station = {
  async logIn(username, password, proof) {
    const body = { username, password, ...proof };
    return (await request("POST", "/api/v1/users/token/", { body }))?.token;
  },

  whoIs: (bearer) => request("GET", "/v1/me", { bearer }),
};

const workspaces = {
  async logIn(email, password, proof) {
    const body = { email, password, ...proof };
    return (await request("POST", "api/auth/login", { body }))?.access_token;
  },

  async whoIs(bearer) {
    const me = await request("GET", "api/auth/me", { bearer });
    if (typeof me?.email !== "string") throw new Refused(0, "The station's answer has no name.");
    return { ...me, superuser: me.role === "admin" };
  },
};

/** Null where no passwords are taken: game nights alone know hosts by their key. */
export const door = !isAlone ? station : page === "workspaces" ? workspaces : null;

/** The member of a login that shows a second factor, when there is one. */
export function proof(code) {
  if (!code) return {};
  // Recovery codes are four words of four; those of an authenticator are six digits.
  return /^\d{6}$/.test(code) ? { totp_code: code } : { recovery_code: code };
}
