import { nodesFromBlocks } from "#app/plans/content.ts";
import type { Documents, SectionContent } from "#app/plans/documents.ts";
import { listBooks, listLessonNodes } from "#db/curriculum.ts";
import { attributions, docs, docSections, docUpdates, lessonPlans, lessons, planTemplates, resources, resourceVersions } from "#db/schema/index.ts";
import { type Ground, GROUPS, one } from "./ground.ts";
import { provinceId } from "./plan.ts";
import { paragraphOf } from "./words.ts";

/** Bodies of documents that the plans share: any plan can be opened, and its log is not made thirty-eight thousand times. */
const BODIES = 200;
export const SECTIONS = [["objectives", "教学目标", 2], ["key_points", "教学重点", 2], ["difficult_points", "教学难点", 2], ["process", "教学过程", 8], ["board_plan", "板书设计", 2], ["homework", "作业设计", 2]] as const;
export const TURNS = ["", "：从学生的错误说起", "（复式班）", "：重难点怎么破", "教学设计", "：一张纸的课", "练习课", "说课稿"] as const;
const LICENCES = ["cc_by", "cc_by_nc", "province_edu", "cc_by_sa", "studio_only", "all_rights"] as const;

/** Publications, each with its lesson, its plan and a document behind it. */
export async function fillPublications({ db, write, scale, at, sizes, starts, studio, group, onSeat }: Ground, documents: Pick<Documents, "stateOf">): Promise<void> {
  const [template] = await db.select({ id: planTemplates.id }).from(planTemplates).limit(1);
  const nodes: { id: string; title: string; grade: number }[] = [];
  for (const book of await listBooks(db)) for (const node of await listLessonNodes(db, book)) nodes.push({ id: node.id, title: node.title, grade: book.grade });
  const bodies: Buffer[] = [];
  for (let n = 0; n < BODIES; n += 1) bodies.push(Buffer.from((await documents.stateOf(contentOf(n))).bytes));
  const home = (n: number) => (n * 7) % scale.studios;
  const owner = (n: number) => onSeat((starts[home(n)] ?? 0) + 1 + (n % Math.min(30, (sizes[home(n)] ?? 12) - 1)));
  const node = (n: number) => nodes[(n * 13) % nodes.length];
  const title = (n: number) => `${node(n)?.title ?? ""}${one(TURNS, n)}`;
  const day = (n: number) => at(-(n % 680) - 1);

  await write(lessons, scale.resources, (n) => ({ id: provinceId("lesso", n), lessonNodeId: node(n)?.id ?? null, title: title(n), ownerId: owner(n), studioId: studio(home(n)), groupId: group(home(n), n % GROUPS.length), createdAt: day(n) }));
  await write(docs, scale.resources, (n) => ({ id: provinceId("doc", n), purpose: "plan" as const, projectedAt: day(n), createdAt: day(n) }));
  await write(docUpdates, scale.resources, (n) => ({ id: provinceId("updat", n), docId: provinceId("doc", n), bytes: bodies[n % BODIES] ?? Buffer.alloc(0), at: day(n) }));
  await write(docSections, scale.resources * SECTIONS.length, (m) => {
    const position = m % SECTIONS.length;
    const [key, label] = one(SECTIONS, m);
    return { docId: provinceId("doc", Math.floor(m / SECTIONS.length)), key, position, title: label, text: "", charCount: 80 };
  });
  await write(lessonPlans, scale.resources, (n) => ({ id: provinceId("plan", n), lessonId: provinceId("lesso", n), kind: "standalone" as const, ownerId: owner(n), docId: provinceId("doc", n), title: title(n), templateId: template?.id ?? "", periods: 1, state: "in_use" as const, header: {}, createdAt: day(n) }));
  await write(resources, scale.resources, (n) => ({
    id: provinceId("resou", n), lessonId: provinceId("lesso", n), planId: provinceId("plan", n), kind: one(["teaching_case", "lesson_plan", "lesson_plan"], n), title: title(n), abstract: paragraphOf("learner_analysis", n, 1),
    lessonNodeId: node(n)?.id ?? null, stage: "primary" as const, subject: "mathematics" as const, grade: node(n)?.grade ?? null, ownerId: owner(n), studioId: studio(home(n)), groupId: group(home(n), n % GROUPS.length),
    licence: one(LICENCES, n), state: "published" as const, currentVersionId: provinceId("versi", n), publishedAt: day(n), reuseCount: (n * 7) % 23, createdAt: day(n),
  }));
  await write(resourceVersions, scale.resources, (n) => ({ id: provinceId("versi", n), resourceId: provinceId("resou", n), no: 1, content: contentOf(n), process: { people: [], seminars: [], versions: [], runs: [], reflections: [] }, at: day(n), byId: owner(n) }));
  await write(attributions, scale.resources, (n) => ({ id: provinceId("attri", n), resourceId: provinceId("resou", n), personId: owner(n), relation: "author" as const, position: 0 }));
}

function contentOf(n: number): SectionContent[] {
  return SECTIONS.map(([key, title, length], index) => ({ key, title, nodes: nodesFromBlocks([{ p: paragraphOf(key, n + index, length) }]) }));
}
