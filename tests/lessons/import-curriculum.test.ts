import { expect, test } from "vitest";
import { curriculumFor, importCurriculum } from "#app/lessons/import-curriculum.server.ts";
import { CURRICULUM_COLUMNS, listBooks, searchLessonNodes } from "#db/curriculum.ts";
import { auditLog } from "#db/schema/index.ts";
import { aDatabase } from "#tests/database.ts";
import { aGrant, aTeacher, places } from "#tests/factories.ts";

const line = (no: number, lesson: string, grade = "4") => `primary,mathematics,浙教版,2024,${grade},upper,1,大数的认识,${no},${lesson},2,true`;
const table = (...lines: string[]) => [CURRICULUM_COLUMNS.join(), ...lines].join("\n");

test("the dictionary of textbooks is loaded by system operators; to everybody else there is no such page", async () => {
  const db = await aDatabase();
  const { cityId } = await places(db);
  const operator = await aGrant(db, await aTeacher(db, { name: "钱守正" }), "system_operator", "system", "");
  const administrator = await aGrant(db, await aTeacher(db, { name: "叶青" }), "region_admin", "region", cityId);
  expect(() => curriculumFor(administrator)).toThrow(expect.objectContaining({ status: 404 }));
  expect(await importCurriculum(db, operator, curriculumFor(operator), table(line(1, "亿以内数的认识"), line(2, "数的产生")))).toEqual({ lessons: 2 });
  expect((await searchLessonNodes(db, "数的")).map((one) => one.title)).toEqual(["亿以内数的认识", "数的产生"]);
  expect(await db.select({ act: auditLog.act, personId: auditLog.personId }).from(auditLog)).toEqual([{ act: "curriculum.loaded", personId: operator.id }]);
});

test("a table with one faulty line loads nothing and names the line", async () => {
  const db = await aDatabase();
  const operator = await aGrant(db, await aTeacher(db), "system_operator", "system", "");
  const outcome = await importCurriculum(db, operator, curriculumFor(operator), table(line(1, "亿以内数的认识"), line(2, "数的产生", "十三")));
  expect(outcome).toEqual({ problems: [{ line: 3, message: "bad_value", column: "grade" }] });
  expect(await listBooks(db)).toEqual([]);
  expect(await db.select().from(auditLog)).toEqual([]);
});
