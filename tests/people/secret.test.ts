import { asc, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { changeLogins } from "#app/people/change-logins.server.ts";
import { readLoginName } from "#app/people/login-name.ts";
import { ownLogins } from "#app/people/own-data.server.ts";
import { register } from "#app/people/register.server.ts";
import { takeCode, turnOnSecondFactor } from "#app/people/second-factor.server.ts";
import { codeAt, newSecret } from "#app/people/totp.server.ts";
import { type JobPayloads, takeJob, finishJob } from "#db/jobs.ts";
import { identities } from "#db/schema/index.ts";
import { listSealed, updateSealed } from "#db/sealed.ts";
import type { Db } from "#db/types.ts";
import { readSettings } from "#server/env.ts";
import { moveSecret } from "#server/jobs/move-secret.ts";
import { installationSecret } from "#server/secrets.ts";
import { makeSessions, type ServerSessions } from "#server/sessions.ts";
import { anOpenDatabase } from "#tests/database.ts";
import { EVENING, places } from "#tests/factories.ts";

const OLD = "旧的秘密，够长够长够长够长够长够长够长够长够长够长够长够长";
const NEW = "新的秘密，够长够长够长够长够长够长够长够长够长够长够长够长";
const ORIGIN = "http://localhost:3000";
const PASSWORD = "一起备好每一节课";
const PEOPLE = 5;

const registered = async (db: Db, sessions: ServerSessions, schoolId: string, typed: string) => {
  const login = readLoginName(typed);
  if (!login) throw new Error(typed);
  return register(db, sessions, { name: "林雨桐", login, password: PASSWORD, schoolId, stage: "primary", subject: "mathematics", locale: "zh-CN", displayName: false }, EVENING);
};

/** Five people by the old secret, one of them with a second factor and signed in; the installation before, during and after the exchange. */
async function setting() {
  const open = await anOpenDatabase();
  const { schoolId } = await places(open.db);
  const [before, during, after] = [makeSessions(open, OLD, ORIGIN), makeSessions(open, [NEW, OLD], ORIGIN), makeSessions(open, NEW, ORIGIN)];
  const ids: string[] = [];
  for (let no = 0; no < PEOPLE; no += 1) {
    const made = await registered(open.db, before, schoolId, `1380571000${no}`);
    if (made === "taken") throw new Error("taken");
    ids.push(made.personId);
  }
  const [first = ""] = ids;
  const secret = newSecret();
  const step = Math.floor(EVENING.getTime() / 30_000);
  await turnOnSecondFactor(open.db, before, first, secret, codeAt(secret, step), null, EVENING);
  const cookie = (await before.open(new Request(ORIGIN), first)).getSetCookie().map((one) => one.split(";")[0]).join("; ");
  const comesBack = new Request(ORIGIN, { headers: { cookie } });
  const codeNow = { typed: codeAt(secret, step + 1), at: new Date((step + 1) * 30_000) };
  return { db: open.db, schoolId, before, during, after, ids, first, comesBack, codeNow };
}

/** As the worker does it, until none is left. @returns what was said at the end, each time */
async function moveAll(db: Db, sessions: ServerSessions): Promise<number[]> {
  const said: number[] = [];
  let from: JobPayloads["secret.move"] | undefined = {};
  while (from) {
    await moveSecret(db, sessions, from, (moved) => said.push(moved), 2);
    let job = await takeJob(db);
    for (; job && job.kind !== "secret.move"; job = await takeJob(db)) await finishJob(db, job.id);
    if (job) await finishJob(db, job.id);
    from = job?.payload as JobPayloads["secret.move"] | undefined; // of that kind
  }
  return said;
}

test("while the secret is exchanged everybody signs in and goes on, and no login is given twice", async () => {
  const { db, schoolId, during, after, ids, first, comesBack } = await setting();
  expect(await during.signIn(new Request(ORIGIN), "13805710001", PASSWORD)).toMatchObject({ personId: ids[1] });
  expect(await during.personOf(comesBack.headers)).toBe(first);
  expect(await after.personOf(comesBack.headers)).toBeNull();
  expect(await ownLogins(db, during, first)).toMatchObject({ phone: "13805710000" });
  expect(await registered(db, during, schoolId, "13805710003")).toBe("taken");
  expect(await changeLogins(db, during, ids[1] ?? "", { email: "", phone: "13805710003", employee_no: "" }, PASSWORD)).toEqual({ phone: { key: "people:register.taken" } });
  expect(await changeLogins(db, during, ids[1] ?? "", { email: "", phone: "13805710001", employee_no: "HZ-0815" }, PASSWORD)).toBeUndefined();
  await during.signOut(comesBack);
  expect(await during.personOf(comesBack.headers)).toBeNull();
});

test("what earlier secrets sealed is moved in slices; then the new one alone opens it, and the old one nothing", async () => {
  const { db, before, during, after, ids, first, codeNow } = await setting();
  expect(await after.signIn(new Request(ORIGIN), "13805710004", PASSWORD)).toEqual({ refused: "wrong" });
  expect(await moveAll(db, during)).toEqual([PEOPLE]);
  expect(await moveAll(db, during)).toEqual([0]);
  for (const [no, id] of ids.entries()) expect(await ownLogins(db, after, id)).toMatchObject({ phone: `1380571000${no}` });
  expect(await after.signIn(new Request(ORIGIN), "13805710004", PASSWORD)).toMatchObject({ personId: ids[4] });
  expect(await before.signIn(new Request(ORIGIN), "13805710004", PASSWORD)).toEqual({ refused: "wrong" });
  await expect(ownLogins(db, before, first)).rejects.toThrow();
  expect(await takeCode(db, after, first, codeNow.typed, codeNow.at)).toBe(true);
});

test("a login that its owner changes while it is moved stays as she wrote it", async () => {
  const { db, during, ids } = await setting();
  const [, read] = await listSealed(db, undefined, 2);
  if (!read) throw new Error("nobody");
  expect(await changeLogins(db, during, read.personId, { email: "lin@example.cn", phone: "", employee_no: "" }, PASSWORD)).toBeUndefined();
  const written = await db.select().from(identities).where(eq(identities.personId, read.personId));
  expect(await updateSealed(db, read, { ...read, logins: { ...read.logins, phone: { sealed: "", hash: "" } } })).toBe(false);
  expect(await db.select().from(identities).where(eq(identities.personId, read.personId))).toEqual(written);
  expect(await moveAll(db, during)).toEqual([PEOPLE - 1]);
  expect((await db.select({ id: identities.personId }).from(identities).orderBy(asc(identities.personId))).map(({ id }) => id)).toEqual([...ids].sort());
});

test("secrets that are set are long enough, the earlier ones as well", () => {
  const settings = readSettings([], { NODE_ENV: "test", SECRET: NEW.repeat(2), SECRET_PREVIOUS: ` ${OLD.repeat(2)}, ${OLD.repeat(3)} ` });
  expect(settings.previousSecrets).toEqual([OLD.repeat(2), OLD.repeat(3)]);
  expect(readSettings([], { NODE_ENV: "test" }).previousSecrets).toEqual([]);
  expect(() => readSettings([], { NODE_ENV: "test", SECRET_PREVIOUS: "短" })).toThrow(/SECRET_PREVIOUS/);
  expect(() => installationSecret("/nowhere", "短")).toThrow(/SECRET/);
});
