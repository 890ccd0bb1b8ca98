import type { WebSocket } from "ws";
import type { Viewer } from "#db/viewer.ts";

export interface Access {
  docId: string;
  mode: "write" | "read";
}

/** What is known of one document's channel on one socket. */
export interface Context extends Access {
  viewer: Viewer;
  socket: OpenSocket;
  /** The count of rechecks when access was last asked. */
  askedAt: number;
  /** Refused or closing: nothing more of this channel is taken. */
  ended?: boolean;
  /** Of somebody who reads: which talk the page shows. */
  talk?: string;
}

export interface OpenSocket {
  ws: WebSocket;
  request: Request;
  viewer: Viewer;
}
