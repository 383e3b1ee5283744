// A night as a file.

import { saveFile } from "../shell/save.js";
import { host } from "./access.js";

/** A chat of some hundred thousand messages takes a while. */
const ANSWER_MILLISECONDS = 60000;

const TYPES = { json: "application/json", txt: "text/plain" };

/** Offers a night to be kept, as `json` or `txt`; throws `Refused`. */
export async function saveNight(id, format) {
  const text = await host.request("GET", `api/sessions/${id}/export?format=${format}`, {
    isText: true, limit: ANSWER_MILLISECONDS,
  });
  saveFile(`night-${id}.${format}`, TYPES[format], text);
}
