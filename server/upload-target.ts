import type { IncomingMessage } from "node:http";
import type { AttachTo } from "#app/files/attach.server.ts";
import { attachFile } from "#app/files/attach.server.ts";
import { judgeName } from "#app/files/inspect.server.ts";
import type { FileRefusal } from "#app/files/refusals.ts";
import { FileRefused, MAX_FILE_BYTES } from "#app/files/refusals.ts";
import type { Attachment } from "#db/attachments.ts";
import { isId } from "#db/ids.ts";
import type { Viewer } from "#db/viewer.ts";
import type { FileServices } from "./file-routes.ts";

/** Where an upload is meant to go, as the page or a form says it; nothing of it is believed yet. */
export type Claim = Readonly<Record<string, string | null | undefined>>;

/**
 * Asks everything that can be asked before the bytes are there.
 *
 * @throws FileRefused `not_yours` for an owner that is not there as for one that is not the person's, or what the name is refused for
 */
export async function targetOf(services: FileServices, viewer: Viewer, claim: Claim): Promise<AttachTo & { name: string }> {
  const ownerType = oneOf(claim.ownerType, ["plan", "resource_version", "seminar"] as const);
  const kind = oneOf(claim.kind, ["courseware", "worksheet", "image", "document", "other"] as const) ?? "other";
  const { ownerId } = claim;
  if (!ownerType || !isId(ownerId) || !(await services.mayAttach(viewer, ownerType, ownerId))) throw new FileRefused("not_yours");
  const { name } = judgeName(claim.name ?? "");
  return { ownerType, ownerId, kind, inline: claim.inline === "1", by: viewer.id, name };
}

/**
 * Where an upload begins: where it is meant to go is asked for, and what it brings is taken from what the person may bring in a day.
 *
 * @param byteCount as it was said; without, the most that a file may have
 * @throws FileRefused like `targetOf`, and `day_full`
 */
export async function beginUpload(services: FileServices, viewer: Viewer, claim: Claim, byteCount = MAX_FILE_BYTES): Promise<void> {
  await targetOf(services, viewer, claim);
  if (!services.spend(viewer, "uploadBytes", Math.min(byteCount, MAX_FILE_BYTES))) throw new FileRefused("day_full");
}

/** The last step of both ways in. Session and rights are asked again, and once more after the scanner: an upload of 50 MB on a village line takes an hour. */
export async function attachUpload(services: FileServices, viewer: Viewer, request: IncomingMessage, claim: Claim, path: string): Promise<Attachment> {
  const ask = async () => {
    const still = await services.viewer(request);
    if (still?.id !== viewer.id) throw new FileRefused("not_yours");
    return targetOf(services, still, claim);
  };
  const { name, ...to } = await ask();
  return attachFile(services.db, services.files, path, name, { ...to, still: ask });
}

/** What the page needs to show it at once. */
export function shown(attachment: Attachment): { attachmentId: string; name: string; mime: string; byteCount: number; kind: string } {
  const { id, name, mime, byteCount, kind } = attachment;
  return { attachmentId: id, name, mime, byteCount, kind };
}

export function statusOf(refusal: FileRefusal): number {
  switch (refusal) {
    case "too_large":
      return 413;
    case "day_full":
      return 429;
    case "storage_full":
      return 507;
    case "busy":
    case "unscanned":
    case "store_away":
      return 503;
    case "not_yours":
      return 404;
    default:
      return 422;
  }
}

function oneOf<const Word extends string>(value: string | null | undefined, words: readonly Word[]): Word | undefined {
  return words.find((word) => word === value);
}
