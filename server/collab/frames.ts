import * as decoding from "lib0/decoding";
import * as Y from "yjs";
import { clientIdsOf } from "./guard.ts";

/** Kinds of message in Hocuspocus' protocol that a client may send. Broadcasts and what is the server's to say are not among them. */
const SYNC = 0;
const AWARENESS = 1;
const AUTH = 2;
const QUERY_AWARENESS = 3;
const SYNC_REPLY = 4;
const CLOSE = 7;

const STATE_VECTOR = 0;

/**
 * Looks at a frame before Hocuspocus does: `pass` it on, `drop` it in silence because no client has a right to send it (a broadcast in the
 * server's name), or end the socket because it is `malformed`.
 */
export function judgeFrame(frame: Uint8Array): "pass" | "drop" | "malformed" {
  try {
    const decoder = decoding.createDecoder(frame);
    decoding.readVarString(decoder);
    const kind = decoding.readVarUint(decoder);
    switch (kind) {
      case SYNC:
      case SYNC_REPLY:
        judgeSync(decoder);
        return "pass";
      case AWARENESS:
        judgePresence(decoding.readVarUint8Array(decoder));
        return "pass";
      case AUTH:
      case QUERY_AWARENESS:
      case CLOSE:
        return "pass";
      default:
        return "drop";
    }
  } catch {
    // Whatever a decoder stumbles over is the sender's: there is nothing in it to report.
    return "malformed";
  }
}

function judgeSync(decoder: decoding.Decoder): void {
  const step = decoding.readVarUint(decoder);
  if (step > 2) throw new Error("no such step");
  const payload = decoding.readVarUint8Array(decoder);
  if (step === STATE_VECTOR) Y.decodeStateVector(payload);
  else clientIdsOf(payload);
}

/** The encoding of y-protocols: how many, then of each its client id, clock and state. */
function judgePresence(update: Uint8Array): void {
  const decoder = decoding.createDecoder(update);
  for (let left = decoding.readVarUint(decoder); left > 0; left -= 1) {
    decoding.readVarUint(decoder);
    decoding.readVarUint(decoder);
    JSON.parse(decoding.readVarString(decoder));
  }
}
