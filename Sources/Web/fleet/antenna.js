// Where the antenna stands, as a mark on the map.

import { Refused, request } from "../shell/live.js";

/** Most stand where they are; one on a vehicle is followed on the station's page. */
const ASK_MILLISECONDS = 30000;

/** Asks now and every half minute, and keeps the map's mark where the station says. */
export function showAntenna(map) {
  const ask = async () => {
    if (document.visibilityState !== "visible") return;
    try {
      const { latitude, longitude } = await request("GET", "/api/station") ?? {};
      const isKnown = Number.isFinite(latitude) && Number.isFinite(longitude);
      map.setStation(isKnown ? { latitude, longitude } : null);
    } catch (error) {
      // The connection's banner tells of a station that does not answer.
      if (!(error instanceof Refused)) throw error;
    }
  };
  setInterval(ask, ASK_MILLISECONDS);
  ask();
}
