import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { LiveLog, LiveSettings } from "#server/live/settings.ts";
import { type Live, startLive } from "#server/live/start.ts";
import { isOwnOrigin } from "#server/origin.ts";
import type { Db } from "#db/types.ts";
import { findViewer } from "#db/viewer.ts";

/** Answers a request and says whether it did. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => boolean;

const quietLog: LiveLog = { info: () => undefined, warn: () => undefined, error: (about, message) => console.error(message, about) };

/** The live part on an HTTP server that listens, as `server/start.ts` mounts it. Who asks stands in the cookie `who`: real sessions are tested elsewhere. */
export function mountLive(db: Db, httpServer: Server, origin: string, settings: LiveSettings, given: { signedOut?: ReadonlySet<string>; handler?: Handler } = {}): Live {
  const viewerOf = async (request: IncomingMessage) => {
    const id = /who=(\w+)/.exec(request.headers.cookie ?? "")?.[1];
    return id && !given.signedOut?.has(id) ? ((await findViewer(db, id)) ?? null) : null;
  };
  const live = startLive(settings, { db, log: quietLog, ownOrigin: (headers) => isOwnOrigin(headers, origin), viewerOf, spend: () => true });
  httpServer.on("request", (request, response) => {
    if (request.url === "/live/webhook") return live.webhook(request, response);
    if (live.validate(request, response) || given.handler?.(request, response)) return;
    response.writeHead(404).end();
  });
  httpServer.on("upgrade", (request, socket, head) => {
    if (!live.upgrade(request, socket, head)) socket.destroy();
  });
  return live;
}
