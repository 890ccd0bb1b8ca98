import { createHmac } from "node:crypto";
import type { LiveTicket } from "#app/seminars/live-rooms.ts";

/** A TURN server through which media go where no other way is open. */
export interface Relay {
  /** `turns:turn.example.cn:443?transport=tcp`, in the order in which they are to be tried. */
  urls: readonly string[];
  /** What it shares with us: coturn's `static-auth-secret`. */
  secret: string;
}

/** A long seminar and the way there: whoever is inside asks for more time by the same name and password. */
const SECONDS = 6 * 60 * 60;

/**
 * A name and a password for one person and a few hours, in the way that TURN servers with a shared secret know: the name says until when and
 * who, the password is the name's fingerprint under the secret (draft-uberti-behave-turn-rest-00; SHA-1, because the servers want it).
 */
export function relayFor(relay: Relay | undefined, personId: string, now = Date.now()): LiveTicket["iceServers"] {
  if (!relay) return [];
  const username = `${Math.floor(now / 1000) + SECONDS}:${personId}`;
  return [{ urls: [...relay.urls], username, credential: createHmac("sha1", relay.secret).update(username).digest("base64") }];
}
