// What the user lacks for a part of the page, in words, before the station refuses it.

import { account } from "../shell/account.js";

/**
 * Why the user cannot do something that takes all of `rights`, or one of `anyOf`; empty when
 * nothing is missing or nothing is known of the user yet.
 */
export function missing(what, { rights = [], anyOf = [] }) {
  if (!account.bearer) return `Sign in to ${what}.`;
  const me = account.me;
  if (!me || me.superuser) return "";
  const has = (right) => Array.isArray(me.permissions) && me.permissions.includes(right);
  if (!me.staff) return `To ${what} takes staff; ${me.email} is not.`;
  const lacks = rights.filter((right) => !has(right));
  if (lacks.length > 0) return `To ${what} takes ${lacks.join(", ")}.`;
  if (anyOf.length > 0 && !anyOf.some(has)) return `To ${what} takes ${anyOf.join(" or ")}.`;
  return "";
}
