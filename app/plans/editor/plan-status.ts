/**
 * Where one's text is. "saved": the server has committed all of it and the line is up. "saving": some is under way. "offline": it is on
 * this device only. "refused": the server does not take it (see `why`). "readonly": nothing of one's own to save.
 */
export type PlanStatus = "connecting" | "saved" | "saving" | "offline" | "refused" | "readonly";

/**
 * "signed-out": sign in again, the text is kept. "rejected": the server will never take what is on this device. "closed": the document is not
 * open to this person now. "unreadable": the server cannot read the document at the moment; it is asked again by itself.
 */
export type RefusedWhy = "signed-out" | "rejected" | "closed" | "unreadable";

export interface PlanState {
  status: PlanStatus;
  why: RefusedWhy | null;
  /** The document is here, from the server or from this device: editors may be shown. */
  ready: boolean;
  /** The server lets this person write. */
  writable: boolean;
  /** What was written offline has just been sent. */
  resent: boolean;
  /** Text of a local copy that can no longer be sent, to download. */
  setAside: string | null;
}

export interface Line {
  /** Socket open, person admitted, document exchanged. */
  up: boolean;
  /** Changes that the server has not acknowledged. */
  unsaved: number;
  /** Acknowledgements have been awaited for long. */
  stalled: boolean;
  /** The line has been away for longer than a page takes to load. */
  away: boolean;
  writable: boolean;
  why: RefusedWhy | null;
}

export function statusOf({ up, unsaved, stalled, away, writable, why }: Line): PlanStatus {
  if (why) return "refused";
  if (!up) return away ? "offline" : "connecting";
  if (!writable) return "readonly";
  if (unsaved === 0) return "saved";
  return stalled ? "offline" : "saving";
}
