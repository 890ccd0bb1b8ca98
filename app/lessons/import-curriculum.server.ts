import { audit } from "#db/audit.ts";
import { type CurriculumProblem, readCurriculum, writeCurriculum } from "#db/curriculum.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import { type Permitted, permitted } from "../http/permitted.ts";
import { refuse } from "../http/refusals.ts";
import { holds } from "../people/standing.ts";

/** The one dictionary of textbooks of this installation. */
export type Curriculum = "curriculum";

/** The dictionary is kept by the system operators. @throws `notThere` */
export function curriculumFor(viewer: Viewer): Permitted<"load", Curriculum> {
  if (!holds(viewer, "system_operator")) throw refuse("notThere");
  return permitted("curriculum");
}

/** Loads a table of lessons: all of it, or nothing with every faulty line named. @returns how many lessons it named, or what is wrong */
export async function importCurriculum(db: Db, viewer: Viewer, curriculum: Permitted<"load", Curriculum>, text: string): Promise<{ lessons: number } | { problems: CurriculumProblem[] }> {
  const { lines, problems } = readCurriculum(text);
  if (problems.length > 0) return { problems };
  await db.transaction(async (tx) => {
    await writeCurriculum(tx, lines);
    await audit(tx, { personId: viewer.id, act: "curriculum.loaded", object: { type: curriculum, id: curriculum }, detail: { lessons: lines.length } });
  });
  return { lessons: lines.length };
}
