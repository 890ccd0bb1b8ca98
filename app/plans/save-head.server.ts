import { and, eq } from "drizzle-orm";
import type { Plan } from "#db/plans.ts";
import { lessonPlans } from "#db/schema/index.ts";
import type { Db } from "#db/types.ts";
import type { Permitted } from "../http/permitted.ts";

export interface PlanHeader {
  teacher: string;
  className: string;
  taughtOn: string;
  lessonType: string;
}

/** Sets title and head of a plan. False when somebody saved first. */
export async function saveHead(db: Db, plan: Permitted<"write", Plan>, wish: { title: string; header: PlanHeader; version: number }): Promise<boolean> {
  const saved = await db.update(lessonPlans).set({ title: wish.title, header: wish.header, version: wish.version + 1 }).where(and(eq(lessonPlans.id, plan.id), eq(lessonPlans.version, wish.version))).returning({ id: lessonPlans.id });
  return saved.length > 0;
}
