import Database from "better-sqlite3";
import { eq } from "drizzle-orm";
import { expect, onTestFinished, test } from "vitest";
import { CONSENT_VERSION } from "#app/people/consent.ts";
import { giveConsent, withdrawConsent } from "#db/consents.ts";
import { engine } from "#db/dialect.ts";
import { insertPerson } from "#db/identities.ts";
import { newId } from "#db/ids.ts";
import { openDb } from "#db/open.ts";
import { confirmIdentity } from "#db/people.ts";
import { searchTeachers } from "#db/people-search.ts";
import { consents, identities, nameParts } from "#db/schema/index.ts";
import { listMembers } from "#db/seats.ts";
import { type StatementRun, statementRuns } from "#db/statements.ts";
import type { Db } from "#db/types.ts";
import { aDatabase, aDatabaseAddress } from "#tests/database.ts";
import { aTeacher, EVENING, places } from "#tests/factories.ts";
import { randomFrom } from "../../bench/numbers.ts";
import { planOf } from "../../bench/queries/plans.ts";

const small = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** What `name_parts` has to hold, by the names and consents that are there. */
async function wanted(db: Db): Promise<string[]> {
  const agreed = new Set((await db.select().from(consents)).filter((one) => one.purpose === "display_name" && one.withdrawnAt === null).map((one) => one.personId));
  return (await db.select().from(identities)).filter((one) => agreed.has(one.personId)).flatMap(({ personId, name }) => [...new Set(Array.from(name, (_character, at) => small([...name].slice(at).join(""))))].map((part) => `${part} ${personId}`)).sort();
}

const kept = async (db: Db) => (await db.select().from(nameParts)).map(({ part, personId }) => `${part} ${personId}`).sort();

test("what was typed is found wherever it stands in a name, once, and nothing else is", async () => {
  const db = await aDatabase();
  const { provinceId } = await places(db);
  const names = ["林雨桐", "何雨桐", "雨桐", "王王", "王若王", "欧阳明远", "买买提·阿不都热合曼", "Anna Marianna", "ANNE 李", "𠮷野家", "%_\\", "桐", "élodie"];
  for (const name of names) await aTeacher(db, { name });
  const found = async (typed: string) => (await searchTeachers(db, provinceId, typed)).map((one) => one.name).sort();
  const typed = new Set(names.flatMap((name) => Array.from(name, (_character, at) => [[...name].slice(at, at + 1), [...name].slice(at, at + 3), [...name].slice(0, at + 1)]).flat().map((part) => part.join(""))));
  for (const part of [...typed, "anna", "ANN", "桐雨", "\u{10FFFF}", "林 雨", "%"]) expect([part, await found(part)]).toEqual([part, names.filter((name) => small(name).includes(small(part))).sort()]);
});

test("who is found is confirmed, below the region, and agreed", async () => {
  const db = await aDatabase();
  const { provinceId, cityId, otherCountyId } = await places(db);
  const teacher = await aTeacher(db, { name: "俞晴川", verified: false });
  const found = async (regionId = provinceId) => (await searchTeachers(db, regionId, "晴")).length;
  expect(await found()).toBe(0);
  await confirmIdentity(db, teacher.id, teacher.id, EVENING);
  expect([await found(), await found(cityId), await found(otherCountyId)]).toEqual([1, 1, 0]);
  await withdrawConsent(db, teacher.id, "display_name", EVENING);
  expect(await found()).toBe(0);
});

test("of a name that many have the first are given, in its order", async () => {
  const db = await aDatabase();
  const { provinceId } = await places(db);
  for (let n = 0; n < 25; n += 1) await aTeacher(db, { name: `王${String.fromCodePoint(0x4e00 + ((n * 7) % 25))}` });
  const found = (await searchTeachers(db, provinceId, "王", 20)).map((one) => one.name);
  expect(found).toEqual(Array.from({ length: 20 }, (_, n) => `王${String.fromCodePoint(0x4e00 + n)}`));
});

test.skipIf(engine !== "sqlite")("people and members are read in the order in which they are shown, none before it is known that there is room for them", async () => {
  const address = await aDatabaseAddress();
  const { db, close } = await openDb(address);
  onTestFinished(close);
  const { provinceId } = await places(db);
  const raw = new Database(address, { readonly: true });
  onTestFinished(() => void raw.close());
  const heard: StatementRun[] = [];
  const note = (message: unknown) => void heard.push(message as StatementRun); // all that this channel carries
  statementRuns.subscribe(note);
  onTestFinished(() => void statementRuns.unsubscribe(note));
  const plan = async (ask: () => Promise<unknown>) => {
    await ask();
    const { sql, params } = heard.at(-1) as StatementRun; // it has just been run
    return planOf(raw, sql, params);
  };
  const people = await plan(() => searchTeachers(db, provinceId, "王"));
  expect(people[0]).toMatch(/^SEARCH name_parts USING PRIMARY KEY \(part>\? AND part<\?\)/);
  expect(people.join()).not.toContain("TEMP B-TREE");
  const members = await plan(() => listMembers(db, newId(), { name: "王" }, { limit: 31 }));
  expect(members).toContainEqual(expect.stringMatching(/^SEARCH seats USING COVERING INDEX seats_members \(studio_id=\?\)/));
  // Only the page itself is put in order, once it is read.
  expect(members.filter((step) => step.includes("TEMP B-TREE"))).toHaveLength(1);
});

test("whoever writes names and consents, by whatever statement, the parts follow", async () => {
  const db = await aDatabase();
  const random = randomFrom(20_261_126);
  const pick = <One>(from: readonly One[]) => from[Math.floor(random() * from.length)] as One; // never of an empty list
  const name = () => Array.from({ length: Math.floor(random() * 5) }, () => pick(["王", "桐", "a", "A", "𠮷", "·", "é"])).join("");
  const people: string[] = [];
  for (let n = 0; n < 6; n += 1) {
    const id = newId();
    people.push(id);
    await insertPerson(db, { id, name: name(), schoolId: null, stages: [], subjects: [], locale: "zh-CN", passwordHash: null }, EVENING);
  }
  const purposes = ["display_name", "display_name", "evidence"] as const;
  const acts: readonly ((id: string) => PromiseLike<unknown>)[] = [
    (id) => db.update(identities).set({ name: name() }).where(eq(identities.personId, id)),
    () => db.update(identities).set({ name: name() }),
    (id) => db.delete(identities).where(eq(identities.personId, id)),
    (id) => db.insert(identities).values({ personId: id, name: name() }).onConflictDoNothing(),
    (id) => db.insert(identities).values({ personId: id, name: name() }).onConflictDoUpdate({ target: identities.personId, set: { name: name() } }),
    (id) => giveConsent(db, id, pick(purposes), CONSENT_VERSION, EVENING),
    (id) => db.insert(consents).values({ personId: id, purpose: "display_name", textVersion: "2019-01", givenAt: EVENING }),
    (id) => withdrawConsent(db, id, pick(purposes), EVENING),
    (id) => db.update(consents).set({ withdrawnAt: null }).where(eq(consents.personId, id)),
    (id) => db.update(consents).set({ purpose: pick(purposes) }).where(eq(consents.personId, id)),
    (id) => db.update(consents).set({ personId: pick(people) }).where(eq(consents.personId, id)),
    (id) => db.delete(consents).where(eq(consents.personId, id)),
  ];
  let most = 0;
  for (let step = 0; step < 300; step += 1) {
    const act = Math.floor(random() * acts.length);
    await acts[act]?.(pick(people));
    const parts = await kept(db);
    most = Math.max(most, parts.length);
    expect([step, act, parts]).toEqual([step, act, await wanted(db)]);
  }
  expect(most).toBeGreaterThan(5);
});
