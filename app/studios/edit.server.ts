import { audit } from "#db/audit.ts";
import { listHolderIds } from "#db/grants.ts";
import { enqueue } from "#db/jobs.ts";
import { notify } from "#db/notices.ts";
import { type StudioSeen, updateStudio } from "#db/studios.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Permitted } from "../http/permitted.ts";
import type { StudioDraft } from "./draft.server.ts";

/** What stays open to a studio at work; a draft can change in everything. */
export type StudioProfile = Pick<StudioDraft, "name" | "intro" | "recruitPolicy">;

/** Saves a studio unless somebody saved since `version` was read. A draft that was sent back waits again. @returns whether it was saved */
export function editStudio(db: Db, viewer: Viewer, studio: Permitted<"edit", StudioSeen>, version: number, change: StudioDraft | StudioProfile, at = new Date()): Promise<boolean> {
  return db.transaction(async (tx) => {
    const { name, intro, recruitPolicy } = change;
    const draft = studio.status === "draft";
    if (!(await updateStudio(tx, studio.id, version, draft ? { ...change, returnReason: null } : { name, intro, recruitPolicy }))) return false;
    await audit(tx, { personId: viewer.id, act: "studio.edited", object: { type: "studio", id: studio.id }, detail: { name } }, at);
    if (draft && studio.returnReason !== null) {
      const administrators = await listHolderIds(tx, "region_admin", studio.regionPath);
      await notify(tx, administrators.filter((one) => one !== viewer.id), { kind: "studioDrafted", params: { studio: name, name: viewer.name }, href: `/studios/${studio.id}`, key: `studio.drafted:${studio.id}:${version}` }, at);
    }
    if (!draft) await enqueue(tx, "search.index", { kind: "studio", id: studio.id }, { key: `studio:${studio.id}` });
    return true;
  });
}
