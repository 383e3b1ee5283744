// A file of the station, saved by the browser. A link could not show the user's token.

import { Refused } from "../shell/live.js";

/** A browser needs the file's address until it has begun to save it. */
const KEPT_MILLISECONDS = 60000;

/** Saves what a path gives under a name; throws `Refused`. */
export async function download(path, bearer, name) {
  const url = URL.createObjectURL(await fetched(path, bearer));
  const link = document.createElement("a");
  link.href = url;
  // What a file system cannot take is no letter, digit, dot or hyphen.
  link.download = name.replace(/[^\p{L}\p{N}.-]+/gu, "-");
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MILLISECONDS);
}

async function fetched(path, bearer) {
  let response;
  try {
    response = await fetch(path, {
      headers: bearer ? { Authorization: `Bearer ${bearer}` } : {}, cache: "no-store",
    });
    if (response.ok) return await response.blob();
  } catch {
    throw new Refused(0, "The station does not answer.");
  }
  const words = (await response.json().catch(() => null))?.detail;
  throw new Refused(response.status, typeof words === "string" ? words : response.statusText);
}
