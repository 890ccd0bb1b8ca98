import type { HocuspocusProvider } from "@hocuspocus/provider";
import * as Y from "yjs";

type Message = Parameters<HocuspocusProvider["configuration"]["onMessage"]>[0]["message"];

const SYNC = 0;
const STATE_VECTOR = 0;

/** The state vector that the server sends at each handshake, when this message brings it. */
export function serverVector(message: Message): Map<number, number> | null {
  message.readVarString(); // the document's name
  if (message.readVarUint() !== SYNC || message.readVarUint() !== STATE_VECTOR) return null;
  return Y.decodeStateVector(message.readVarUint8Array());
}

/** Whether the document holds something typed that the server does not have. */
export function hasMoreThan(doc: Y.Doc, server: ReadonlyMap<number, number>): boolean {
  for (const [client, clock] of Y.decodeStateVector(Y.encodeStateVector(doc))) if (clock > (server.get(client) ?? 0)) return true;
  return false;
}
