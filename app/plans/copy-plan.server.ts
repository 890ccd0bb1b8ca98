import { type AttachmentOwner, copyAttachments } from "#db/attachments.ts";
import { newId } from "#db/ids.ts";
import type { SectionContent } from "#db/schema/documents.ts";
import type { Db } from "#db/types.ts";
import type { Documents } from "./documents.ts";
import { insertPlan, type NewPlan, prepareContent } from "./new-plan.server.ts";

/**
 * Makes a plan out of content that stands elsewhere (a plan, a publication) with its files: pictures in the text point at the copies.
 * The state is made inside the transaction because it names them; making one reaches nothing outside.
 */
export async function copyPlan(tx: Db, documents: Documents, source: AttachmentOwner, sections: readonly SectionContent[], plan: NewPlan, at: Date): Promise<{ planId: string; docId: string }> {
  const planId = newId();
  const copies = await copyAttachments(tx, source, { ownerType: "plan", ownerId: planId }, plan.createdBy, at);
  const content = await prepareContent(documents, sections.map((section) => ({ ...section, nodes: section.nodes.map((node) => repoint(node, copies)) })));
  return insertPlan(tx, { ...plan, planId }, content, at);
}

/** A node with the pictures in it named by their copies. */
export function repoint(node: unknown, copies: ReadonlyMap<string, string>): unknown {
  if (typeof node !== "object" || node === null) return node;
  const own = node as { attachmentId?: unknown; children?: unknown }; // a node of Lexical, as far as this looks into it
  return {
    ...node,
    ...(typeof own.attachmentId === "string" && { attachmentId: copies.get(own.attachmentId) ?? own.attachmentId }),
    ...(Array.isArray(own.children) && { children: own.children.map((child) => repoint(child, copies)) }),
  };
}
