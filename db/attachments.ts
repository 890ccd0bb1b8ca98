import { and, asc, eq, isNull } from "drizzle-orm";
import { newId } from "./ids.ts";
import { keptAnswer } from "./kept-answers.ts";
import { given, keptStatement } from "./kept-statements.ts";
import { attachments } from "./schema/index.ts";
import type { Db } from "./types.ts";

export type Attachment = typeof attachments.$inferSelect;
export type AttachmentOwnerType = Attachment["ownerType"];
export type AttachmentKind = Attachment["kind"];

export interface NewAttachment {
  ownerType: AttachmentOwnerType;
  ownerId: string;
  sha256: string;
  name: string;
  mime: string;
  byteCount: number;
  kind: AttachmentKind;
  /** Set into the text, and so not listed. */
  inline?: boolean;
  createdBy: string | null;
}

/** Adds the row that refers to stored bytes; the bytes must be there before. Two rows may refer to the same bytes. */
export async function insertAttachment(db: Db, attachment: NewAttachment, at = new Date()): Promise<Attachment> {
  const row: Attachment = { id: newId(), inline: false, removedAt: null, createdAt: at, ...attachment };
  await db.insert(attachments).values(row);
  return row;
}

/** What is attached to an owner and listed there, oldest first; pictures in the text and removed ones are left out. */
export const listAttachments = keptAnswer(
  (db: Db, ownerType: AttachmentOwnerType, ownerId: string): Promise<Attachment[]> => attachedTo(db, { ownerType, ownerId }),
);

const attachedTo = keptStatement((db) =>
  db
    .select()
    .from(attachments)
    .where(and(eq(attachments.ownerType, given("ownerType", attachments.ownerType)), eq(attachments.ownerId, given("ownerId", attachments.ownerId)), eq(attachments.inline, false), isNull(attachments.removedAt)))
    .orderBy(asc(attachments.id)),
);

/** One attachment, whoever asks; undefined when there is none or it was removed. Whether the viewer may read it, its owner's room says. */
export async function findAttachment(db: Db, attachmentId: string): Promise<Attachment | undefined> {
  const [row] = await db.select().from(attachments).where(and(eq(attachments.id, attachmentId), isNull(attachments.removedAt))).limit(1);
  return row;
}

/** The same bytes under the same name at the same owner: an upload whose answer was lost on the way and that was sent again. */
export async function findSameAttachment(db: Db, owner: AttachmentOwner, sha256: string, name: string, inline: boolean): Promise<Attachment | undefined> {
  const [row] = await db
    .select()
    .from(attachments)
    .where(and(eq(attachments.ownerType, owner.ownerType), eq(attachments.ownerId, owner.ownerId), eq(attachments.sha256, sha256), eq(attachments.name, name), eq(attachments.inline, inline), isNull(attachments.removedAt)))
    .limit(1);
  return row;
}

/** Takes an attachment away; its bytes stay for others that refer to them. Removing twice keeps the first time. */
export async function removeAttachment(db: Db, attachmentId: string, at = new Date()): Promise<void> {
  await db.update(attachments).set({ removedAt: at }).where(and(eq(attachments.id, attachmentId), isNull(attachments.removedAt)));
}

/**
 * Gives a copy of a document the files of its source, pictures in the text included: rows only, no bytes.
 *
 * @returns the new id of each old one, by which the copy's pictures must be named
 */
export async function copyAttachments(db: Db, from: AttachmentOwner, to: AttachmentOwner, createdBy: string | null, at = new Date()): Promise<Map<string, string>> {
  const rows = await db.select().from(attachments).where(and(eq(attachments.ownerType, from.ownerType), eq(attachments.ownerId, from.ownerId), isNull(attachments.removedAt))).orderBy(asc(attachments.id));
  const copies = new Map<string, string>();
  for (const { id, createdAt, ...row } of rows) {
    const copy = await insertAttachment(db, { ...row, ...to, createdBy }, at);
    copies.set(id, copy.id);
  }
  return copies;
}

export interface AttachmentOwner {
  ownerType: AttachmentOwnerType;
  ownerId: string;
}
