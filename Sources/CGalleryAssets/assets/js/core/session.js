// What the server says of itself when the page opens.
import { get, setToken } from "./api.js";
import { setArchiveZone, setServerNow } from "./times.js";

/** `version`, `now`, `time_zone`, `allow_changes`, `features`; see the API's document. */
export let session = null;

export async function beginSession() {
  session = await get("session");
  setToken(session.token);
  setArchiveZone(session.time_zone);
  setServerNow(session.now);
  return session;
}

export const mayChange = () => session?.allow_changes === true;
export const has = (feature) => session?.features?.includes(feature) === true;
