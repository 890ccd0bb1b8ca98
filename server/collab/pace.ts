import type { Document } from "@hocuspocus/server";

/** From so many connections on, changes are sent together, */
const CROWD = 100;
/** and for each connection so much later than the ones before. */
const PER_CONNECTION_MS = 0.1;

/**
 * Sending one change to a thousand readers takes some milliseconds, so that sixty who write a little would leave the process no time for anything else.
 * In a crowd what comes shortly after another change goes out together with its like; a change that comes after a pause waits for nothing.
 */
export function pace(document: Document): void {
  let sentAt = Number.NEGATIVE_INFINITY;
  document.on("beforeTransaction", () => {
    const readers = document.getConnectionsCount();
    const now = performance.now();
    if (now < sentAt) return; // goes out with what waits
    const delay = readers < CROWD ? 0 : Math.max(0, sentAt + readers * PER_CONNECTION_MS - now);
    document.flushDelay = delay;
    sentAt = now + delay;
  });
}
