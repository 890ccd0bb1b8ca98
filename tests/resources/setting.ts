import { onTestFinished } from "vitest";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { saveReflection } from "#app/lessons/reflect.server.ts";
import { lessonSeenBy } from "#app/lessons/access.server.ts";
import { recordRun } from "#app/lessons/record-run.server.ts";
import { planFor, planSeenBy } from "#app/plans/access.server.ts";
import { resourceFor } from "#app/resources/access.server.ts";
import { decideResource } from "#app/resources/decide.server.ts";
import { find, readQuery } from "#app/resources/find.server.ts";
import { type Submission, submitResource } from "#app/resources/submit.server.ts";
import { useResource as take } from "#app/resources/use.server.ts";
import { everything, indexOne } from "#app/search/index-document.server.ts";
import { insertAttachment } from "#db/attachments.ts";
import { newId } from "#db/ids.ts";
import { type JobPayloads, listWaitingJobs } from "#db/jobs.ts";
import { lessons } from "#db/schema/index.ts";
import type { AppContext } from "#app/context.ts";
import type { AppLoadContext } from "@remix-run/node";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import type { SearchEngine } from "#search/engine.ts";
import { reindex } from "#search/reindex.ts";
import { openSqliteSearch } from "#search/sqlite.ts";
import { aLessonNode, aMember, aStudio, aTeacher, EVENING } from "#tests/factories.ts";
import { aFinalisedPrep, hours, type Setting } from "#tests/preps/setting.ts";
import { eq } from "drizzle-orm";

/** A finalised prep of 分数的意义 with a worksheet, a lesson of the textbook, an index, and people of another studio and of none. */
export async function aShelf() {
  const setting = await aFinalisedPrep();
  const { db, planId, lessonId, lead } = setting;
  await db.update(lessons).set({ lessonNodeId: (await aLessonNode(db)).id }).where(eq(lessons.id, lessonId));
  await insertAttachment(db, { ownerType: "plan", ownerId: planId, kind: "worksheet", name: "学习单.pdf", mime: "application/pdf", byteCount: 3, sha256: "a".repeat(64), inline: false, createdBy: lead.id });
  const other = await aStudio(db, { name: "海岛工作室", master: await aTeacher(db, { name: "林听舟" }) });
  const outsider = await aMember(db, other, "trainee", { name: "赵鹤一" });
  return { ...setting, outsider, engine: anIndex() };
}

export type Shelf = Awaited<ReturnType<typeof aShelf>>;

/** An empty index of its own, gone afterwards. */
export function anIndex(): SearchEngine {
  const folder = mkdtempSync(join(tmpdir(), "tongyan-find-"));
  const engine = openSqliteSearch({ folder });
  onTestFinished(async () => {
    await engine.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return engine;
}

export const WISH: Submission = { kind: "lesson_plan", title: "分数的意义：让「谁的」留在黑板上", abstract: "一盒鸡蛋，三次追问。", licence: "cc_by", givesReflection: false };

export async function offer(shelf: Setting, wish: Partial<Submission> = {}): Promise<string> {
  const made = await submitResource(shelf.db, shelf.documents, shelf.lead, await planSeenBy(shelf.db, shelf.lead, shelf.planId), { ...WISH, ...wish }, hours(10));
  if ("problems" in made) throw new Error(JSON.stringify(made.problems));
  return made.resourceId;
}

export async function decide(shelf: Setting, resourceId: string, decision: "approved" | "returned" = "approved", reason = "", by: Viewer = shelf.head) {
  return decideResource(shelf.db, by, await resourceFor(shelf.db, by, "decide", resourceId), decision, reason, hours(11));
}

export async function publish(shelf: Setting, wish: Partial<Submission> = {}): Promise<string> {
  const resourceId = await offer(shelf, wish);
  await decide(shelf, resourceId);
  return resourceId;
}

/** A copy of her own. */
export async function takeUp(shelf: Setting, reader: Viewer, resourceId: string, lessonId = newId()): Promise<string> {
  const planId = await take(shelf.db, shelf.documents, reader, await resourceFor(shelf.db, reader, "use", resourceId), lessonId, hours(20));
  if (!planId) throw new Error("nothing was taken");
  return planId;
}

/** The lead teaches the common plan and reflects on it, for herself unless told otherwise. */
export async function taughtAndReflected(shelf: Setting, visibility: "private" | "studio" = "private") {
  const { db, documents, lead, planId, lessonId } = shelf;
  const runId = newId();
  await recordRun(db, documents, lead, await planFor(db, lead, "teach", planId), { runId, classLabel: "五（3）班", day: "2026-11-20", changed: "苹果换成了鸡蛋" }, EVENING);
  const answers = [{ prompt: "哪里卡住了", sectionKey: "difficult_points", text: "说到一盒里的几份，十一个孩子停住了笔。" }, { prompt: "下次怎么改", sectionKey: "process.p1", text: "先让他们摸一摸空的蛋盒。" }];
  await saveReflection(db, documents, lead, await lessonSeenBy(db, lead, lessonId), { run: { id: runId, planId }, answers, visibility, version: 0 }, EVENING);
}

export async function saveReflectionOf({ db, documents, lessonId, planId }: Setting, who: Viewer, runId: string, visibility: "private" | "group", version: number) {
  const answers = [{ prompt: "哪里卡住了", text: "数个数的比想的多。" }, { prompt: "下次怎么改", text: "先分再数。" }];
  return saveReflection(db, documents, who, await lessonSeenBy(db, who, lessonId), { run: { id: runId, planId }, answers, visibility, version }, EVENING);
}

/** Brings the index in step: by the jobs that wait, or, rebuilt, from all rows. */
export async function indexed({ db, engine }: Shelf, how: "jobs" | "rebuild" = "jobs"): Promise<void> {
  if (how === "rebuild") return void (await reindex(engine, everything(db)));
  for (const job of await listWaitingJobs(db)) if (job.kind === "search.index") await indexOne(db, engine, job.payload as unknown as JobPayloads["search.index"]); // the outbox keeps what was enqueued
}

/** What a person (null: a visitor) finds and is told of in numbers. */
export async function foundBy({ db, engine }: { db: Db; engine: SearchEngine }, viewer: Viewer | null, address: string) {
  return find(db, engine, viewer, readQuery(new URL(address, "http://localhost/resources")));
}

/** The context of a request by this person, for a loader or an action; what the test does not give is not there. */
export function visiting(db: Db, viewer: Viewer | null, given: Partial<AppContext> = {}): AppLoadContext {
  return { ...({ db, viewer: async () => viewer, spend: () => true, ...given } as AppContext) }; // what is missing is asked for by nobody
}
