import { audit } from "#db/audit.ts";
import { enqueue } from "#db/jobs.ts";
import { notify } from "#db/notices.ts";
import { confirmIdentity } from "#db/people.ts";
import type { Db } from "#db/types.ts";
import type { Permitted } from "../http/permitted.ts";
import type { PersonFacts } from "./policy.ts";

/** A school coordinator or region administrator says: this is who they say they are. Twice is once. */
export function confirmPerson(db: Db, by: { id: string }, person: Permitted<"confirm", PersonFacts>, at = new Date()): Promise<void> {
  return db.transaction(async (tx) => {
    if (!(await confirmIdentity(tx, person.id, by.id, at))) return;
    await audit(tx, { personId: by.id, onBehalfOf: person.id, act: "identity.confirmed", object: { type: "person", id: person.id } }, at);
    await notify(tx, [person.id], { kind: "verified", params: {}, href: "/me" }, at);
    await enqueue(tx, "access.changed", { personIds: [person.id] });
    await enqueue(tx, "person.confirmed", { personId: person.id });
  });
}
