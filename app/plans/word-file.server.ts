import { findAttachment } from "#db/attachments.ts";
import { findLessonNode } from "#db/curriculum.ts";
import type { Plan } from "#db/plans.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { Files } from "../files/files.ts";
import { words } from "../http/words.server.ts";
import type { Documents } from "./documents.ts";
import { sectionsOf } from "./plan-page.server.ts";
import { upstreamOf } from "./upstream.server.ts";
import { exportPlan } from "./word-export.server.ts";

const VOLUME = { upper: "上册", lower: "下册", whole: "全一册" } as const;
const GRADE = ["", "一年级", "二年级", "三年级", "四年级", "五年级", "六年级", "七年级", "八年级", "九年级", "高一", "高二", "高三"];

/** A plan as a Word file, with its head and its pictures. The layout is that of inspections, so its words are Chinese. */
export async function wordFileOf(db: Db, documents: Documents, files: Files, viewer: Viewer, plan: Plan): Promise<Uint8Array> {
  const sections = await sectionsOf(db, documents, { locale: "zh-CN" }, plan);
  const node = plan.lessonNodeId ? await findLessonNode(db, plan.lessonNodeId) : undefined;
  const imageBytes = async (attachmentId: string) => {
    const attachment = await findAttachment(db, attachmentId);
    // A picture set into the text belongs to this plan; any other id is somebody's invention.
    return attachment?.ownerType === "plan" && attachment.ownerId === plan.id ? files.bytes(attachment.sha256) : undefined;
  };
  const source = (await upstreamOf(db, documents, viewer, plan))?.source;
  return exportPlan({
    title: plan.title,
    attribution: source ? [`取自《${source.title}》，作者：${source.by}`, ...(source.licence ? [words["zh-CN"].t(`resources:licence.${source.licence}.long`)] : [])] : [],
    header: headOf(viewer, plan),
    ...(node && { edition: `${node.edition} ${node.editionYear} ${GRADE[node.grade] ?? ""}${VOLUME[node.volume]} 第 ${node.unitNo} 单元 ${node.unitTitle}` }),
    sections: sections.map((section) => ({ key: section.key, title: section.title, label: section.title, nodes: section.nodes })),
    imageBytes,
  });
}

/** What the head of the plan says; of a plan of one's own, who teaches is known. */
function headOf(viewer: Viewer, { header, kind, periods }: Plan) {
  const teacher = header.teacher ?? (kind === "common" ? undefined : viewer.name);
  const { className, taughtOn, lessonType } = header;
  return { ...(teacher && { teacher }), ...(className && { className }), ...(taughtOn && { taughtOn }), ...(lessonType && { lessonType }), periods: String(periods) };
}
