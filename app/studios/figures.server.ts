import { countOpenSeats } from "#db/seats.ts";
import { findFigures } from "#db/studio-figures.ts";
import type { StudioSeen } from "#db/studios.ts";
import type { Db } from "#db/types.ts";

export const FIGURES = ["members", "leads", "youngTeachers", "trainees", "ruralRemote", "activeThisWeek", "seminarsThisYear", "cases", "reuses"] as const;
export type FigureName = (typeof FIGURES)[number];

export interface Figure {
  name: FigureName;
  n: number;
  /** What the words of its definition need: the quota it is held against, the Monday from which it counts. */
  of: { quota?: number; monday?: string };
}

/** The numbers of a studio as they were last counted, each with what its definition names; undefined before the first count. */
export async function studioFigures(db: Db, studio: StudioSeen): Promise<{ asOf: Date; figures: Figure[] } | undefined> {
  const counted = await findFigures(db, studio.id);
  if (!counted) return undefined;
  const numbers: Record<FigureName, number> = { ...counted, leads: await countOpenSeats(db, studio.id, "subject_lead") };
  const of: Partial<Record<FigureName, Figure["of"]>> = { leads: { quota: studio.quota.subjectLead }, youngTeachers: { quota: studio.quota.youngTeacher }, activeThisWeek: { monday: counted.weekOf ?? "" } };
  return { asOf: counted.asOf, figures: FIGURES.map((name) => ({ name, n: numbers[name], of: of[name] ?? {} })) };
}
