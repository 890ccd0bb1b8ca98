import { insertAnnouncement, saidSince } from "#db/announcements.ts";
import { enqueue } from "#db/jobs.ts";
import type { StudioSeen } from "#db/studios.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Permitted } from "../http/permitted.ts";

const A_MOMENT = 10 * 60_000;

/** Tells all members something; the notices go out by a job. The same words within ten minutes are the same announcement. */
export function announce(db: Db, viewer: Viewer, studio: Permitted<"announce", StudioSeen>, body: string, at = new Date()): Promise<void> {
  return db.transaction(async (tx) => {
    if (await saidSince(tx, studio.id, viewer.id, body, new Date(at.getTime() - A_MOMENT))) return;
    const id = await insertAnnouncement(tx, { studioId: studio.id, body, createdBy: viewer.id }, at);
    const params = { studio: studio.name, text: [...body].slice(0, 60).join("") };
    await enqueue(tx, "notice.studio", { studioId: studio.id, kind: "announcement", params, href: `/studios/${studio.id}`, key: `announcement:${id}`, exceptPersonId: viewer.id });
  });
}
