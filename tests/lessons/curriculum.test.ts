import { expect, test } from "vitest";
import { CURRICULUM_COLUMNS, listBooks, listLessonNodes, loadCurriculum, searchLessonNodes } from "#db/curriculum.ts";
import { listTemplates } from "#db/plan-templates.ts";
import { loadDictionaries } from "#server/dictionaries.ts";
import { aDatabase } from "#tests/database.ts";

const HEAD = CURRICULUM_COLUMNS.join();

test("the shipped dictionaries are loaded once, however often the product starts", async () => {
  const db = await aDatabase();
  await loadDictionaries(db);
  const books = await listBooks(db);
  const lessons = await searchLessonNodes(db, "分数的意义");
  await loadDictionaries(db);
  expect(await listBooks(db)).toEqual(books);
  expect(books).toHaveLength(26);
  expect(lessons.length).toBeGreaterThan(0);
  expect(lessons.every((lesson) => lesson.title.includes("分数的意义") && !lesson.verified)).toBe(true);
  expect((await listTemplates(db, { subject: "mathematics", stage: "primary" })).map((one) => one.name)).toEqual(["小学数学教案", "通用教案（简）"]);
  expect((await listTemplates(db, { subject: "chinese" })).map((one) => one.name)).toEqual(["通用教案（简）"]);
});

test("a school's own list is taken line by line, and what is wrong is named by its line", async () => {
  const db = await aDatabase();
  const text = [
    HEAD,
    "primary,mathematics,浙教版,2013,4,upper,1,大数的认识,1,亿以内数的认识,2,true",
    "primary,mathematics,浙教版,2013,13,upper,1,大数的认识,2,读数,1,true",
    "primary,maths,浙教版,2013,4,upper,1,大数的认识,3,写数,1,true",
    "primary,mathematics,浙教版,2013,4,upper,1,大数的认识",
    'primary,mathematics,浙教版,2013,4,upper,1,大数的认识,4,"改写与省略,近似数",1,true',
  ].join("\r\n");
  const first = await loadCurriculum(db, text);
  expect(first).toEqual({ lessons: 2, problems: [{ line: 3, message: "bad_value", column: "grade" }, { line: 4, message: "bad_value", column: "subject" }, { line: 5, message: "wrong_columns" }] });
  expect((await loadCurriculum(db, "课,单元\n1,2")).problems).toEqual([{ line: 1, message: "wrong_columns" }]);
  const [book] = await listBooks(db);
  expect((await listLessonNodes(db, book!)).map((lesson) => [lesson.no, lesson.title])).toEqual([[1, "亿以内数的认识"], [4, "改写与省略,近似数"]]);
});

test("a corrected title replaces the one before, and per cent signs are letters like others", async () => {
  const db = await aDatabase();
  const line = (title: string) => `${HEAD}\nprimary,mathematics,人教版,2013,6,lower,2,百分数,1,${title},1,false`;
  await loadCurriculum(db, line("折扣50%"));
  await loadCurriculum(db, line("折扣 50% 与成数"));
  expect((await searchLessonNodes(db, "50%")).map((lesson) => lesson.title)).toEqual(["折扣 50% 与成数"]);
  expect(await searchLessonNodes(db, "5%0")).toEqual([]);
});
