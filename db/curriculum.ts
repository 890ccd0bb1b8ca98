import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { type CsvProblem, parseNumberedCsv } from "./csv.ts";
import { newId } from "./ids.ts";
import { keptAnswer } from "./kept-answers.ts";
import { STAGES, SUBJECTS, VOLUMES } from "./schema/curriculum.ts";
import { editions, lessonNodes, units } from "./schema/index.ts";
import type { Db } from "./types.ts";

/** Where a lesson stands in a textbook, in words and numbers. */
export interface LessonPlace {
  id: string;
  title: string;
  no: number;
  periods: number;
  verified: boolean;
  unitId: string;
  unitNo: number;
  unitTitle: string;
  editionId: string;
  edition: string;
  editionYear: number;
  stage: (typeof STAGES)[number];
  subject: (typeof SUBJECTS)[number];
  grade: number;
  volume: (typeof VOLUMES)[number];
}

export interface Book {
  editionId: string;
  edition: string;
  editionYear: number;
  grade: number;
  volume: (typeof VOLUMES)[number];
}

/** Every book that the dictionary knows, newest edition first, then by grade. */
export function listBooks(db: Db): Promise<Book[]> {
  return db
    .selectDistinct({ editionId: editions.id, edition: editions.name, editionYear: editions.year, grade: units.grade, volume: units.volume })
    .from(units)
    .innerJoin(editions, eq(editions.id, units.editionId))
    .orderBy(asc(editions.name), asc(editions.year), asc(units.grade), sql`${units.volume} desc`);
}

/** The lessons of one book in the order of its pages. */
export function listLessonNodes(db: Db, book: Pick<Book, "editionId" | "grade" | "volume">): Promise<LessonPlace[]> {
  return selectPlaces(db)
    .where(and(eq(units.editionId, book.editionId), eq(units.grade, book.grade), eq(units.volume, book.volume)))
    .orderBy(asc(units.no), asc(lessonNodes.no));
}

/** Lessons of any book whose title contains the words. */
export function searchLessonNodes(db: Db, words: string, limit = 40): Promise<LessonPlace[]> {
  const pattern = `%${words.trim().replace(/[\\%_]/g, "\\$&")}%`;
  return selectPlaces(db)
    .where(sql`${lessonNodes.title} like ${pattern} escape '\\'`)
    .orderBy(asc(units.grade), asc(editions.name), asc(units.no), asc(lessonNodes.no))
    .limit(limit);
}

export const findLessonNode = keptAnswer(async (db: Db, lessonNodeId: string): Promise<LessonPlace | undefined> => {
  const [place] = await selectPlaces(db).where(eq(lessonNodes.id, lessonNodeId));
  return place;
});

/** Those of these that there are, by their ids. */
export async function findLessonNodes(db: Db, lessonNodeIds: readonly string[]): Promise<Map<string, LessonPlace>> {
  const places = lessonNodeIds.length > 0 ? await selectPlaces(db).where(inArray(lessonNodes.id, [...lessonNodeIds])) : [];
  return new Map(places.map((place) => [place.id, place]));
}

function selectPlaces(db: Db) {
  return db
    .select({
      id: lessonNodes.id, title: lessonNodes.title, no: lessonNodes.no, periods: lessonNodes.periods, verified: lessonNodes.verified,
      unitId: units.id, unitNo: units.no, unitTitle: units.title, grade: units.grade, volume: units.volume,
      editionId: editions.id, edition: editions.name, editionYear: editions.year, stage: editions.stage, subject: editions.subject,
    })
    .from(lessonNodes)
    .innerJoin(units, eq(units.id, lessonNodes.unitId))
    .innerJoin(editions, eq(editions.id, units.editionId));
}

export const CURRICULUM_COLUMNS = ["stage", "subject", "edition", "edition_year", "grade", "volume", "unit_no", "unit", "lesson_no", "lesson", "periods", "verified"] as const;

export interface CurriculumProblem {
  /** 1-based line of the file. */
  line: number;
  message: CsvProblem["message"] | "wrong_columns" | "bad_value";
  column?: (typeof CURRICULUM_COLUMNS)[number];
}

/** What comma-separated text says of lessons of textbooks, and what is wrong in which line. */
export function readCurriculum(csvText: string): { lines: CurriculumLine[]; problems: CurriculumProblem[] } {
  const { rows, errors } = parseNumberedCsv(csvText);
  const problems: CurriculumProblem[] = [...errors];
  const [head, ...body] = rows;
  if (head?.fields.join() !== CURRICULUM_COLUMNS.join()) return { lines: [], problems: [{ line: head?.line ?? 1, message: "wrong_columns" }] };
  const lines: CurriculumLine[] = [];
  for (const row of body) {
    if (errors.some((error) => error.line === row.line)) continue;
    const read = readLine(row.fields);
    if (typeof read === "string") problems.push(read === "" ? { line: row.line, message: "wrong_columns" } : { line: row.line, message: "bad_value", column: read });
    else lines.push(read);
  }
  return { lines, problems: problems.sort((a, b) => a.line - b.line) };
}

/**
 * Takes lessons of textbooks from comma-separated text. Lines that are right are loaded, those that are not are reported by their number.
 * Run twice, nothing is doubled; a line whose place is known already corrects its titles, periods and whether it was verified.
 */
export async function loadCurriculum(db: Db, csvText: string): Promise<{ lessons: number; problems: CurriculumProblem[] }> {
  const { lines, problems } = readCurriculum(csvText);
  await db.transaction((tx) => writeCurriculum(tx, lines));
  return { lessons: lines.length, problems };
}

export interface CurriculumLine extends Omit<LessonPlace, "id" | "unitId" | "editionId"> {}

/** The line, or the first column that cannot be read (empty: the number of columns is wrong). */
function readLine(fields: readonly string[]): CurriculumLine | (typeof CURRICULUM_COLUMNS)[number] | "" {
  if (fields.length !== CURRICULUM_COLUMNS.length) return "";
  const [stage = "", subject = "", edition = "", year = "", grade = "", volume = "", unitNo = "", unit = "", lessonNo = "", lesson = "", periods = "", verified = ""] = fields.map((field) => field.trim());
  if (!isOneOf(STAGES, stage)) return "stage";
  if (!isOneOf(SUBJECTS, subject)) return "subject";
  if (edition === "" || edition.length > 40) return "edition";
  if (!isWhole(year, 1949, 2100)) return "edition_year";
  if (!isWhole(grade, 1, 12)) return "grade";
  if (!isOneOf(VOLUMES, volume)) return "volume";
  if (!isWhole(unitNo, 0, 99)) return "unit_no";
  if (unit === "" || unit.length > 100) return "unit";
  if (!isWhole(lessonNo, 1, 199)) return "lesson_no";
  if (lesson === "" || lesson.length > 100) return "lesson";
  if (!isWhole(periods, 1, 20)) return "periods";
  if (verified !== "true" && verified !== "false") return "verified";
  return { stage, subject, edition, editionYear: Number(year), grade: Number(grade), volume, unitNo: Number(unitNo), unitTitle: unit, no: Number(lessonNo), title: lesson, periods: Number(periods), verified: verified === "true" };
}

/** Writes lessons to the places that they name, known ones corrected. Inside a transaction. */
export async function writeCurriculum(tx: Db, lines: readonly CurriculumLine[]): Promise<void> {
  const editionIds = new Map((await tx.select().from(editions)).map((row) => [JSON.stringify([row.stage, row.subject, row.name, row.year]), row.id]));
  const unitsKnown = new Map((await tx.select().from(units)).map((row) => [JSON.stringify([row.editionId, row.grade, row.volume, row.no]), row]));
  const nodesKnown = new Map((await tx.select().from(lessonNodes)).map((row) => [`${row.unitId} ${row.no}`, row]));
  const fresh: (typeof lessonNodes.$inferInsert)[] = [];
  for (const line of lines) {
    const editionKey = JSON.stringify([line.stage, line.subject, line.edition, line.editionYear]);
    let editionId = editionIds.get(editionKey);
    if (!editionId) {
      editionId = newId();
      editionIds.set(editionKey, editionId);
      await tx.insert(editions).values({ id: editionId, stage: line.stage, subject: line.subject, name: line.edition, year: line.editionYear });
    }
    const unitKey = JSON.stringify([editionId, line.grade, line.volume, line.unitNo]);
    let unit = unitsKnown.get(unitKey);
    if (!unit) {
      unit = { id: newId(), editionId, grade: line.grade, volume: line.volume, no: line.unitNo, title: line.unitTitle };
      unitsKnown.set(unitKey, unit);
      await tx.insert(units).values(unit);
    } else if (unit.title !== line.unitTitle) {
      unit.title = line.unitTitle;
      await tx.update(units).set({ title: line.unitTitle }).where(eq(units.id, unit.id));
    }
    const node = nodesKnown.get(`${unit.id} ${line.no}`);
    if (!node) {
      const row = { id: newId(), unitId: unit.id, no: line.no, title: line.title, periods: line.periods, verified: line.verified };
      nodesKnown.set(`${unit.id} ${line.no}`, row);
      fresh.push(row);
    } else if (node.title !== line.title || node.periods !== line.periods || node.verified !== line.verified) {
      await tx.update(lessonNodes).set({ title: line.title, periods: line.periods, verified: line.verified }).where(eq(lessonNodes.id, node.id));
    }
  }
  for (let at = 0; at < fresh.length; at += 100) await tx.insert(lessonNodes).values(fresh.slice(at, at + 100));
}

function isOneOf<const Words extends readonly string[]>(words: Words, word: string): word is Words[number] {
  return words.includes(word);
}

function isWhole(text: string, min: number, max: number): boolean {
  return /^\d{1,4}$/.test(text) && Number(text) >= min && Number(text) <= max;
}
