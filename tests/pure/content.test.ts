import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Block } from "#app/plans/blocks.ts";
import { parseCsv } from "#db/csv.ts";
import { demoOffices, demoPeople, demoStudios } from "#server/demo/content/cast.ts";
import { demoLessons } from "#server/demo/content/lessons.ts";
import type { DemoPlan } from "#server/demo/content/plan.ts";
import { demoPlans } from "#server/demo/content/plans/index.ts";
import { demoSchools } from "#server/demo/content/schools.ts";
import type { DemoSectionKey } from "#server/demo/content/talk.ts";
import { demoAnnouncements, demoNotes, demoRuns, demoSeminars, demoThreads } from "#server/demo/content/talk.ts";

const dictionary = (name: string) => parseCsv(readFileSync(new URL(`../../db/dictionaries/${name}`, import.meta.url), "utf8")).rows.slice(1);
const people = new Set(demoPeople.map((person) => person.key));
const plans = new Map(demoPlans.map((plan) => [plan.key, plan]));
const studios = new Map(demoStudios.map((studio) => [studio.key, studio]));

describe("plans", () => {
  test("there are enough of them, for every year, and each can be named by its key", () => {
    expect(demoPlans.length).toBeGreaterThanOrEqual(14);
    expect(plans.size).toBe(demoPlans.length);
    expect(new Set(demoPlans.map((plan) => plan.curriculum.grade))).toEqual(new Set([1, 2, 3, 4, 5, 6]));
    expect(new Set(demoPlans.map((plan) => plan.lessonType))).toEqual(new Set(["new", "practice", "review"]));
  });

  test("each belongs to a lesson of the curriculum", () => {
    const lessons = new Set(dictionary("curriculum-primary-maths.csv").map((row) => [2, 3, 4, 5, 6, 9].map((i) => row[i]).join("|")));
    for (const { key, curriculum: at } of demoPlans) {
      const named = [at.edition, at.editionYear, at.grade, at.volume, at.unitNo, at.lesson].join("|");
      expect(lessons.has(named), `${key}: ${named}`).toBe(true);
    }
  });

  test.each(demoPlans.map((plan) => [plan.title, plan] as const))("%s is whole: every section, every period of 40 minutes", (_, plan) => {
    expect(plan.perPeriod).toHaveLength(plan.periods);
    for (const [section, blocks] of Object.entries(plan.sections)) expect(lettersIn(blocks), section).toBeGreaterThan(15);
    for (const period of plan.perPeriod) {
      const first = period.process[0];
      const [head, ...steps] = first && "table" in first ? first.table : [];
      expect(head).toEqual(["环节", "教师活动", "学生活动", "设计意图"]);
      expect(steps.length).toBeGreaterThanOrEqual(5);
      for (const step of steps) {
        expect(step).toHaveLength(4);
        for (const cell of step) expect(cell).not.toBe("");
      }
      expect(steps.reduce((minutes, [step = ""]) => minutes + Number(/（(\d+) 分/.exec(step)?.[1] ?? Number.NaN), 0)).toBe(40);
      expect(lettersIn(period.board_plan)).toBeGreaterThan(15);
      expect(period.homework.filter((block) => "h" in block).length).toBeGreaterThanOrEqual(3);
    }
    const length = lettersIn([plan.sections, plan.perPeriod]);
    expect(length).toBeGreaterThanOrEqual(1500);
    expect(length).toBeLessThanOrEqual(4500);
    for (const row of tablesIn(plan)) expect(new Set(row.map((cells) => cells.length)).size).toBe(1);
  });

  test("no two plans share a long sentence, and none repeats one", () => {
    const seenIn = new Map<string, string>();
    for (const plan of demoPlans) {
      for (const sentence of stringsIn([plan.sections, plan.perPeriod, plan.reflection ?? []]).flatMap((text) => text.split(/[。？！；\n]/u))) {
        if (sentence.length < 25) continue;
        expect(seenIn.get(sentence), sentence).toBeUndefined();
        seenIn.set(sentence, plan.key);
      }
    }
    expect(seenIn.size).toBeGreaterThan(100);
  });

  test("holds the inner words that trainees look for, and no shouting", () => {
    const corpus = stringsIn(demoPlans).join("\n");
    for (const word of ["重难点", "内角", "一元", "分数", "鸡蛋", "周长"]) expect(corpus).toContain(word);
    expect(stringsIn([demoPlans, demoThreads, demoSeminars, demoNotes, demoRuns, demoAnnouncements, demoLessons]).filter((text) => /[！!]/u.test(text))).toEqual([]);
  });
});

describe("cast", () => {
  test("a studio of 1 + 10 + 20 + 60 stands beside a small one", () => {
    const count = (studio: string, role: string) => studios.get(studio)?.seats.filter((seat) => seat.role === role).length;
    expect(["master", "subject_lead", "young_teacher", "trainee"].map((role) => count("wenlan", role))).toEqual([1, 10, 20, 60]);
    expect(count("islands", "master")).toBe(1);
  });

  test("everyone has one key and one name, lives in a known region and teaches at a known school", () => {
    const regions = new Set(dictionary("regions.csv").map((row) => row[0]));
    const schools = new Map(demoSchools.map((school) => [school.key, school]));
    expect(people.size).toBe(demoPeople.length);
    expect(new Set(demoPeople.map((person) => person.name)).size).toBe(demoPeople.length);
    expect(new Set(demoSchools.map((school) => school.name)).size).toBe(schools.size);
    for (const school of demoSchools) expect(regions.has(school.county), school.key).toBe(true);
    for (const studio of demoStudios) expect(regions.has(studio.region), studio.key).toBe(true);
    for (const person of demoPeople) {
      expect(regions.has(person.county), person.key).toBe(true);
      if (person.school !== undefined) expect(schools.get(person.school)?.county).toBe(person.county);
    }
    expect(new Set(demoOffices.map((office) => office.role)).size).toBe(5);
    for (const office of demoOffices) {
      expect(people.has(office.person), office.person).toBe(true);
      const [kind, where = ""] = office.scope.split(":");
      if (kind === "region") expect(regions.has(where)).toBe(true);
      if (kind === "school") expect(schools.has(where)).toBe(true);
    }
  });

  test("a seat belongs to a person, once, and to a group that a lead heads", () => {
    for (const studio of demoStudios) {
      expect(new Set(studio.seats.map((seat) => seat.person)).size).toBe(studio.seats.length);
      const groups = new Set(studio.groups.map((group) => group.key));
      for (const seat of studio.seats) {
        expect(people.has(seat.person), seat.person).toBe(true);
        if (seat.group !== undefined) expect(groups.has(seat.group), seat.group).toBe(true);
      }
      for (const group of groups) expect(studio.seats.some((seat) => seat.group === group && seat.role === "subject_lead"), group).toBe(true);
      expect(studio.seats.filter((seat) => seat.role === "young_teacher").length).toBeLessThanOrEqual(studio.quota.youngTeacher);
      expect(studio.seats.filter((seat) => seat.role === "subject_lead").length).toBeLessThanOrEqual(studio.quota.subjectLead);
    }
  });

  test("rural and remote schools are well represented, and long names are seen", () => {
    const rural = new Set(demoSchools.filter((school) => school.locale === "rural").map((school) => school.key));
    const trainees = new Set(studios.get("wenlan")?.seats.filter((seat) => seat.role === "trainee").map((seat) => seat.person));
    const there = demoPeople.filter((person) => trainees.has(person.key) && person.school !== undefined && rural.has(person.school));
    expect(there.length).toBeGreaterThanOrEqual(30);
    expect(demoSchools.some((school) => school.name.length >= 20)).toBe(true);
    expect(demoStudios.some((studio) => studio.name.length >= 20)).toBe(true);
  });
});

describe("lessons and talk", () => {
  test("each plan has its lesson, with people of the studio; only what went far enough is published", () => {
    expect(demoLessons.map((lesson) => lesson.plan).toSorted()).toEqual([...plans.keys()].toSorted());
    for (const lesson of demoLessons) {
      expect(people.has(lesson.owner), lesson.owner).toBe(true);
      if (lesson.studio === undefined) {
        expect(lesson).toMatchObject({ coPreparers: [] });
        continue;
      }
      const studio = studios.get(lesson.studio);
      const members = new Set(studio?.seats.map((seat) => seat.person));
      expect(studio?.groups.some((group) => group.key === lesson.group), lesson.plan).toBe(true);
      for (const person of [lesson.owner, ...lesson.coPreparers]) expect(members.has(person), person).toBe(true);
      for (const person of lesson.resource?.takenBy ?? []) expect(people.has(person), person).toBe(true);
      if (lesson.resource?.kind === "teaching_case") {
        expect(["reflecting", "archived"]).toContain(lesson.stage);
        expect(plans.get(lesson.plan)?.reflection?.length).toBeGreaterThan(0);
        expect(demoRuns.some((run) => run.plan === lesson.plan && run.by === lesson.owner), lesson.plan).toBe(true);
      }
      if (lesson.resource?.kind === "lesson_plan") expect(["finalised", "taught", "archived"]).toContain(lesson.stage);
    }
    const stages = new Set(demoLessons.map((lesson) => lesson.stage));
    for (const stage of ["planned", "individual_draft", "discussion", "revision", "finalised", "taught", "reflecting", "archived"] as const) expect(stages.has(stage), stage).toBe(true);
  });

  test("what a comment quotes stands word for word in its section, and answers come after it", () => {
    for (const thread of demoThreads) {
      const plan = plans.get(thread.plan);
      expect(stringsIn(plan && sectionOf(plan, thread.section)).some((text) => text.includes(thread.quote)), thread.quote).toBe(true);
      let before = thread.hoursAgo;
      for (const said of [...thread.replies, ...(thread.resolved ? [thread.resolved] : [])]) {
        expect(people.has(said.by), said.by).toBe(true);
        expect(said.hoursAgo).toBeLessThanOrEqual(before);
        before = said.hoursAgo;
      }
      expect(people.has(thread.by), thread.by).toBe(true);
    }
    expect(demoThreads.some((thread) => thread.resolved) && demoThreads.some((thread) => thread.blocking && !thread.resolved)).toBe(true);
  });

  test("every seminar has its hour filled; one that is over has talk, attendance and minutes", () => {
    expect(new Set(demoSeminars.map((seminar) => seminar.key)).size).toBe(demoSeminars.length);
    for (const seminar of demoSeminars) {
      const members = new Set(studios.get(seminar.studio)?.seats.map((seat) => seat.person));
      const said = [...seminar.chat, ...seminar.hands, ...seminar.attendance].map((one) => one.by);
      const named = [seminar.host, ...seminar.speakers, ...said, ...(seminar.record ? [seminar.record.scribe, ...seminar.record.todos.map((todo) => todo.who)] : [])];
      for (const person of named) expect(members.has(person), `${seminar.key}: ${person}`).toBe(true);
      if (seminar.plan !== undefined) expect(plans.has(seminar.plan), seminar.plan).toBe(true);
      expect(seminar.agenda.reduce((sum, item) => sum + item.minutes, 0)).toBe(seminar.minutes);
      if (seminar.startsInHours > 0) {
        expect(seminar.record).toBeUndefined();
        continue;
      }
      const present = new Set(seminar.attendance.map((one) => one.by));
      for (const person of [...seminar.chat, ...seminar.hands]) expect(present.has(person.by), person.by).toBe(true);
      expect(seminar.chat.length).toBeGreaterThanOrEqual(12);
      expect(seminar.chat.map((line) => line.minute)).toEqual(seminar.chat.map((line) => line.minute).toSorted((a, b) => a - b));
      expect(seminar.record?.decisions.length).toBeGreaterThan(0);
      for (const { intervals } of seminar.attendance) for (const [from, to] of intervals) expect(to).toBeGreaterThan(from);
    }
    expect(demoSeminars.filter((seminar) => seminar.record)).toHaveLength(2);
  });

  test("a quiet voice was in the room when it spoke", () => {
    for (const seminar of demoSeminars) {
      for (const line of seminar.chat) {
        const there = seminar.attendance.find((one) => one.by === line.by)?.intervals ?? [];
        expect(there.some(([from, to]) => from <= line.minute && line.minute <= to), `${seminar.key}, minute ${line.minute}: ${line.by}`).toBe(true);
      }
    }
  });

  test("notes, runs and announcements name plans and people that exist", () => {
    for (const note of demoNotes) {
      const lesson = demoLessons.find((one) => one.plan === note.plan);
      expect(lesson?.coPreparers, note.by).toContain(note.by);
      expect(Object.keys(note.sections).length).toBeGreaterThan(0);
      for (const key of Object.keys(note.sections)) expect(sectionOf(plans.get(note.plan)!, key as DemoSectionKey), key).toBeDefined(); // keys of a Record typed by DemoSectionKey
    }
    expect(demoNotes.filter((note) => note.plan === "fraction-meaning")).toHaveLength(5);
    for (const run of demoRuns) {
      expect(people.has(run.by), run.by).toBe(true);
      for (const answer of run.reflection ?? []) expect(sectionOf(plans.get(run.plan)!, answer.section), answer.section).toBeDefined();
    }
    for (const announcement of demoAnnouncements) expect(studios.get(announcement.studio)?.seats.some((seat) => seat.person === announcement.by)).toBe(true);
  });
});

function sectionOf(plan: DemoPlan, key: DemoSectionKey): readonly Block[] | undefined {
  const [name = "", period] = key.split(".p");
  const sections: Readonly<Record<string, readonly Block[]>> = period === undefined ? { ...plan.sections } : { ...plan.perPeriod[Number(period) - 1] };
  return sections[name];
}

function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return value !== null && typeof value === "object" ? Object.values(value).flatMap(stringsIn) : [];
}

const lettersIn = (value: unknown) => stringsIn(value).join("").length;

function tablesIn(plan: DemoPlan): (readonly (readonly string[])[])[] {
  const blocks = [...Object.values(plan.sections), ...plan.perPeriod.flatMap((period) => [period.process, period.board_plan, period.homework])].flat();
  return blocks.flatMap((block: Block) => ("table" in block ? [block.table] : []));
}
