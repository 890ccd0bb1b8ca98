import { desc, eq } from "drizzle-orm";
import { insertVersion } from "#db/documents.ts";
import type { Plan } from "#db/plans.ts";
import { docVersions } from "#db/schema/index.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Permitted } from "../http/permitted.ts";
import type { Documents } from "./documents.ts";

/** Keeps the plan as it is now under a name. The same name for the same content twice is one version. */
export async function nameVersion(db: Db, documents: Documents, who: Viewer, plan: Permitted<"write", Plan>, name: string, at = new Date()): Promise<void> {
  const { state, sections } = await documents.read(plan.docId);
  await db.transaction(async (tx) => {
    const [last] = await tx.select({ name: docVersions.name, state: docVersions.state }).from(docVersions).where(eq(docVersions.docId, plan.docId)).orderBy(desc(docVersions.no)).limit(1);
    if (last?.name === name && Buffer.from(state).equals(last.state)) return;
    await insertVersion(tx, { docId: plan.docId, name, kind: "named", state, content: sections, byId: who.id }, at);
  });
}
