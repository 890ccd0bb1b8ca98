import { canOnPlan } from "#app/plans/policy.ts";
import { mayCarryOff } from "#app/resources/policy.ts";
import { canOnSeminar } from "#app/seminars/policy.ts";
import type { Attachment, AttachmentOwnerType } from "#db/attachments.ts";
import { findVisiblePlan } from "#db/plans.ts";
import { regionPath } from "#db/regions.ts";
import { findResourceIdOfVersion, findVisibleResource } from "#db/resources.ts";
import { findVisibleSeminar } from "#db/seminars.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";

/** Whoever sees the owner sees its attachments. Of a publication that may be read but not carried off, only the pictures in the text. */
export async function mayReadAttachment(db: Db, viewer: Viewer | null, attachment: Pick<Attachment, "ownerType" | "ownerId" | "inline">): Promise<boolean> {
  switch (attachment.ownerType) {
    case "plan":
      return viewer !== null && (await findVisiblePlan(db, viewer, attachment.ownerId)) !== undefined;
    case "seminar":
      return viewer !== null && (await findVisibleSeminar(db, viewer, attachment.ownerId)) !== undefined;
    case "resource_version": {
      const resourceId = await findResourceIdOfVersion(db, attachment.ownerId);
      const resource = resourceId === undefined ? undefined : await findVisibleResource(db, viewer, resourceId);
      return resource !== undefined && (attachment.inline || mayCarryOff(viewer, { ...resource, regionPath: await regionPath(db, resource.regionId) }));
    }
  }
}

/** Plans take files from those who write them, seminars from those who run them; a publication is frozen. */
export async function mayAttachTo(db: Db, viewer: Viewer, ownerType: AttachmentOwnerType, ownerId: string): Promise<boolean> {
  switch (ownerType) {
    case "plan": {
      const plan = await findVisiblePlan(db, viewer, ownerId);
      return plan !== undefined && canOnPlan(viewer, "write", plan);
    }
    case "seminar": {
      const seminar = await findVisibleSeminar(db, viewer, ownerId);
      return seminar !== undefined && (canOnSeminar(viewer, "edit", seminar) || canOnSeminar(viewer, "move_agenda", seminar));
    }
    case "resource_version":
      return false;
  }
}
