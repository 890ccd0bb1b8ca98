import { eq } from "drizzle-orm";
import { findVisiblePlan, type Plan } from "#db/plans.ts";
import { findVisibleResource, listAttributions } from "#db/resources.ts";
import { docVersions, resourceVersions } from "#db/schema/index.ts";
import type { SectionContent } from "#db/schema/documents.ts";
import type { Licence } from "#db/schema/resources.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import { textOf } from "./content.ts";
import type { Documents } from "./documents.ts";
import { differences, type Piece } from "./text-diff.ts";

type MadeFrom = Pick<Plan, "kind" | "docId" | "upstreamPlanId" | "upstreamResourceId" | "upstreamVersionId">;

/** What a plan was made from, as far as its reader may know it. */
export interface Upstream {
  kind: "resource" | "plan";
  /** Undefined once the source is gone for this reader: it was withdrawn or taken down, or a seat has ended. */
  source?: { title: string; href: string; /** All who are named, as their licence asks. */ by: string; licence: Licence | null };
  /** How many sections are no longer as they were taken; undefined where the version that was taken is not known. */
  changed?: number;
}

export interface SectionChange {
  key: string;
  title: string;
  pieces: Piece[];
}

/** Where a personal plan comes from and how far it has gone from there; null for work of one's own. */
export async function upstreamOf(db: Db, documents: Documents, viewer: Viewer, plan: MadeFrom): Promise<Upstream | null> {
  if (plan.kind !== "personal" || (!plan.upstreamResourceId && !plan.upstreamPlanId)) return null;
  const [source, taken] = await Promise.all([sourceOf(db, viewer, plan), contentTaken(db, plan)]);
  const changed = taken && changesBetween(taken, (await documents.read(plan.docId)).sections).length;
  return { kind: plan.upstreamResourceId ? "resource" : "plan", ...(source && { source }), ...(changed !== undefined && { changed }) };
}

/** The sections that differ from what was taken, word by word; undefined when the source may not be seen (any more). */
export async function changesFromUpstream(db: Db, documents: Documents, viewer: Viewer, plan: MadeFrom): Promise<SectionChange[] | undefined> {
  const taken = (await sourceOf(db, viewer, plan)) && (await contentTaken(db, plan));
  return taken && changesBetween(taken, (await documents.read(plan.docId)).sections);
}

/** The content of the version that a plan was made from. Whoever asks. */
export async function contentTaken(db: Db, plan: Omit<MadeFrom, "docId" | "kind">): Promise<SectionContent[] | undefined> {
  if (!plan.upstreamVersionId) return undefined;
  const versions = plan.upstreamResourceId ? resourceVersions : docVersions;
  const [version] = await db.select({ content: versions.content }).from(versions).where(eq(versions.id, plan.upstreamVersionId));
  return version?.content;
}

async function sourceOf(db: Db, viewer: Viewer, plan: MadeFrom): Promise<Upstream["source"]> {
  if (plan.upstreamResourceId) {
    const resource = await findVisibleResource(db, viewer, plan.upstreamResourceId);
    if (!resource) return undefined;
    const named = (await listAttributions(db, resource.id)).flatMap(({ name }) => name ?? []);
    return { title: resource.title, href: `/resources/${resource.id}`, by: named.join("、") || resource.ownerName, licence: resource.licence };
  }
  const common = plan.upstreamPlanId ? await findVisiblePlan(db, viewer, plan.upstreamPlanId) : undefined;
  return common && { title: common.title, href: `/plans/${common.id}`, by: common.ownerName, licence: null };
}

function changesBetween(before: readonly SectionContent[], after: readonly SectionContent[]): SectionChange[] {
  const then = new Map(before.map((section) => [section.key, section]));
  const keys = new Set([...after, ...before].map((section) => section.key));
  return [...keys].flatMap((key) => {
    const now = after.find((section) => section.key === key);
    const [old, text] = [textOf(then.get(key)?.nodes ?? []), textOf(now?.nodes ?? [])];
    return old === text ? [] : [{ key, title: now?.title || then.get(key)?.title || key, pieces: differences(old, text) }];
  });
}
