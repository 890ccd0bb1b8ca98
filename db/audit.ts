import { auditLog } from "./schema/index.ts";
import type { Db } from "./types.ts";

export interface AuditEntry {
  personId: string | null;
  onBehalfOf?: string;
  /** Noun and verb: `seat.given`, `role.granted`, `identity.verified`. */
  act: string;
  object: { type: string; id: string };
  detail?: Record<string, unknown>;
  requestId?: string;
}

/** Who did what to whose rights and places, in the transaction of the act. Append-only. */
export async function audit(tx: Db, entry: AuditEntry, at = new Date()): Promise<void> {
  await tx.insert(auditLog).values({
    personId: entry.personId,
    onBehalfOf: entry.onBehalfOf ?? null,
    act: entry.act,
    objectType: entry.object.type,
    objectId: entry.object.id,
    at,
    requestId: entry.requestId ?? null,
    detail: entry.detail ?? {},
  });
}
