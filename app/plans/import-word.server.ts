import { and, eq, sql } from "drizzle-orm";
import { insertVersion } from "#db/documents.ts";
import type { Plan } from "#db/plans.ts";
import { docSections, lessonPlans } from "#db/schema/index.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import { attachBytes } from "../files/attach.server.ts";
import type { Files } from "../files/files.ts";
import { FileRefused } from "../files/refusals.ts";
import type { Permitted } from "../http/permitted.ts";
import { isBlank, nodesFromBlocks, picturesIn, textOf } from "./content.ts";
import type { Documents, SectionContent } from "./documents.ts";
import { emptyContent } from "./new-plan.server.ts";
import type { TemplateSection } from "#db/schema/curriculum.ts";
import { type ImportNote, type PlanHeader, type WordImport, withAttachments } from "./word.ts";

/**
 * Lays a Word plan into a plan: into empty sections its text, into written ones behind what is there, and what has no section into one of its
 * own. The plan as it was is kept as a version. The same file twice adds nothing the second time.
 *
 * @param still asks again whether the person may: its pictures are looked into and stored meanwhile. Rejects where she may not any more
 * @returns what the person should know of it
 */
export async function layIn(db: Db, documents: Documents, files: Files, who: Viewer, plan: Permitted<"write", Plan>, template: readonly TemplateSection[], word: WordImport, still: () => Promise<unknown>, at = new Date()): Promise<ImportNote[]> {
  const before = await documents.read(plan.docId);
  const header = { ...pick(word.header), ...Object.fromEntries(Object.entries(plan.header).filter(([, words]) => words)) };
  const leftOver = headLeftOver(word, plan.title, header);
  const kept = await keepImages(db, files, who, plan, word, still, at);
  await still();
  const untouched = new Map(emptyContent(template, plan.periods).map((section) => [section.key, textOf(section.nodes)]));
  const thereIn = (key: string) => before.sections.find((one) => one.key === key);
  const sections = withAttachments(withOther(word.sections, leftOver), kept)
    .filter((section) => !isBlank(section.nodes) && !holds(thereIn(section.key)?.nodes ?? [], section.nodes))
    .map((section): SectionContent => {
      const there = thereIn(section.key);
      const written = there && !isBlank(there.nodes) && (textOf(there.nodes) !== untouched.get(section.key) || picturesIn(there.nodes).length > 0);
      return { key: section.key, title: there?.title ?? section.title, nodes: written ? [...there.nodes, ...section.nodes] : section.nodes };
    });
  const newHead = Object.entries(header).some(([field, words]) => plan.header[field as keyof Plan["header"]] !== words);
  if (sections.length === 0 && !newHead) return ["nothing_new"];
  const added = sections.filter((section) => !before.sections.some((one) => one.key === section.key));
  await db.transaction(async (tx) => {
    await insertVersion(tx, { docId: plan.docId, name: "", kind: "auto", state: before.state, content: before.sections, byId: who.id }, at);
    const [last] = await tx.select({ position: sql<number>`coalesce(max(${docSections.position}), 0)`.mapWith(Number) }).from(docSections).where(eq(docSections.docId, plan.docId));
    const rows = added.map((section, index) => ({ docId: plan.docId, key: section.key, title: section.title, position: (last?.position ?? 0) + 1 + index, text: "", charCount: 0 }));
    if (rows.length > 0) await tx.insert(docSections).values(rows).onConflictDoNothing();
    await tx.update(lessonPlans).set({ header: { ...plan.header, ...header } }).where(and(eq(lessonPlans.id, plan.id), eq(lessonPlans.version, plan.version)));
  });
  if (sections.length > 0) await documents.write(plan.docId, sections, who.id);
  const refused = word.images.some((image) => !kept.has(image.placeholderId));
  const other = leftOver.length > 0 && !word.notes.includes("nothing_recognised");
  return [...new Set<ImportNote>([...word.notes, ...(refused ? ["pictures_refused" as const] : []), ...(other ? ["other" as const] : [])])];
}

/** Whether all that these nodes say and show stands in one piece in the others already. */
function holds(there: readonly unknown[], nodes: readonly unknown[]): boolean {
  const lines = (of: readonly unknown[]) => `\n${textOf(of).split("\n").map((line) => line.trim()).filter(Boolean).join("\n")}\n`;
  const pictures = picturesIn(there);
  return lines(there).includes(lines(nodes)) && picturesIn(nodes).every((picture) => pictures.includes(picture));
}

const HEAD_NAMES: Record<keyof PlanHeader, string> = { teacher: "授课教师", className: "班级", taughtOn: "授课时间", periods: "课时", lessonType: "课型", edition: "教材" };

/** What the file's head says and the plan's own does not, as lines. */
function headLeftOver(word: WordImport, title: string, header: PlanHeader): string[] {
  const lines = Object.entries(word.header).filter(([field, words]) => words && header[field as keyof PlanHeader] !== words).map(([field, words]) => `${HEAD_NAMES[field as keyof PlanHeader]}：${words}`);
  return [...(word.title && word.title !== title ? [`课题：${word.title}`] : []), ...lines];
}

function withOther(sections: readonly SectionContent[], lines: readonly string[]): readonly SectionContent[] {
  if (lines.length === 0) return sections;
  const nodes = nodesFromBlocks(lines.map((line) => ({ p: line })));
  const other = sections.find((section) => section.key === "other");
  if (!other) return [...sections, { key: "other", title: "其他内容", nodes }];
  return sections.map((section) => (section === other ? { ...other, nodes: [...nodes, ...other.nodes] } : section));
}

/** The pictures of a Word plan as attachments in its text; one that is no picture is not among them. */
async function keepImages(db: Db, files: Files, who: Viewer, plan: Plan, word: WordImport, still: () => Promise<unknown>, at: Date): Promise<Map<string, string>> {
  const kept = new Map<string, string>();
  for (const image of word.images) {
    try {
      const row = await attachBytes(db, files, image.bytes, image.name, { ownerType: "plan", ownerId: plan.id, kind: "image", inline: true, by: who.id, still }, at);
      kept.set(image.placeholderId, row.id);
    } catch (error) {
      if (!(error instanceof FileRefused)) throw error;
    }
  }
  return kept;
}

function pick(header: PlanHeader): PlanHeader {
  const line = (name: keyof PlanHeader) => (header[name] ? { [name]: header[name].slice(0, 40) } : {});
  return { ...line("teacher"), ...line("className"), ...line("taughtOn"), ...line("lessonType") };
}
