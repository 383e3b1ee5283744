// All nights, newest first, for the parts of the page that choose one.

import { request } from "../shell/live.js";
import { readNight } from "./night.js";

/** The nights that there are; throws `Refused`. */
export async function askForNights() {
  const answer = await request("GET", "api/sessions");
  return (Array.isArray(answer) ? answer : []).map(readNight).filter(Boolean);
}
