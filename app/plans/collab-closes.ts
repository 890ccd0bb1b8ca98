/**
 * Why the server ends a WebSocket to `/collab`, as the code of its close event. The provider reconnects after each of them and brings again
 * what was not acknowledged.
 */
export const SOCKET_CLOSE = {
  /** The server stops; another is there soon. */
  goingAway: 1001,
  /** A frame that cannot be understood. */
  malformed: 4400,
  /** The session ended: ask for a sign-in before the next try. */
  signedOut: 4401,
  /** The person's rights in a document are others than before; they hold after the reconnection. */
  accessChanged: 4205,
  /** What was sent last could not be saved: it is still in the browser, and must be shown as not saved. */
  notSaved: 4503,
} as const;

/**
 * Why the server ends one document's channel for good, as the reason of the provider's `close` event (whose code is always 1000). Sending the
 * same again would be refused again: show it, and take the server's document in place of the local copy.
 */
export type ChannelClose = "forged-author" | "malformed" | "out-of-step";

/** Why a document does not open, as the reason of `authenticationFailed`: not there or not yours, or it, or who may open it, cannot be read just now. */
export type OpeningRefusal = "permission-denied" | "unreadable";

/** Sent as a stateless message right before a socket is closed with `notSaved`. */
export const NOT_SAVED_MESSAGE = JSON.stringify({ type: "not-saved" });
