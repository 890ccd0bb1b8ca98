import { audit } from "#db/audit.ts";
import { listHolderIds } from "#db/grants.ts";
import { newId } from "#db/ids.ts";
import { notify } from "#db/notices.ts";
import { regionPath } from "#db/regions.ts";
import { findOwnDraftNamed, insertStudio, type Studio } from "#db/studios.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import { refuse } from "../http/refusals.ts";
import { canDraftStudio } from "./policy.ts";

export type StudioDraft = Pick<Studio, "name" | "level" | "regionId" | "stages" | "subject" | "intro" | "quota" | "recruitPolicy" | "masterId">;

/** A studio is drafted; the administrators of its region are told. Sent twice it is drafted once. @throws the refusals `unverified`, `notAllowed` */
export async function draftStudio(db: Db, viewer: Viewer, draft: StudioDraft, at = new Date()): Promise<string> {
  const path = await regionPath(db, draft.regionId);
  if (!canDraftStudio(viewer, path)) throw refuse(viewer.verified ? "notAllowed" : "unverified");
  return db.transaction(async (tx) => {
    const before = await findOwnDraftNamed(tx, viewer.id, draft.name);
    if (before) return before.id;
    const id = newId();
    await insertStudio(tx, { ...draft, id, slug: id.toLowerCase(), createdBy: viewer.id, createdAt: at });
    await audit(tx, { personId: viewer.id, act: "studio.drafted", object: { type: "studio", id }, detail: { masterId: draft.masterId, regionId: draft.regionId } }, at);
    const params = { studio: draft.name, name: viewer.name };
    await notify(tx, (await listHolderIds(tx, "region_admin", path)).filter((one) => one !== viewer.id), { kind: "studioDrafted", params, href: `/studios/${id}`, key: `studio.drafted:${id}` }, at);
    if (draft.masterId !== viewer.id) await notify(tx, [draft.masterId], { kind: "studioNamesYou", params, href: `/studios/${id}`, key: `studio.names:${id}` }, at);
    return id;
  });
}
