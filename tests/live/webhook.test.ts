import { createHash, createHmac } from "node:crypto";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { AccessToken } from "livekit-server-sdk";
import { expect, test } from "vitest";
import { attendanceOf, endOfStay } from "#app/seminars/attendance.ts";
import { newId } from "#db/ids.ts";
import { keepMediaEvent, listStays, reopenStay } from "#db/seminar-presence.ts";
import type { Db } from "#db/types.ts";
import { aDatabase } from "#tests/database.ts";
import { anEvening } from "#tests/seminars/setting.ts";
import { type App, anApp } from "./livekit.ts";

const KEY = { apiKey: "tongyan", apiSecret: "一把三十二个字符以上的钥匙，只在测试里用，别处没有".repeat(2) };
const begin = Math.floor(Date.now() / 1000) - 3600;

interface Report {
  id?: string;
  event: string;
  at: number;
  room: string;
  who?: { id: string };
  sid?: string;
  joined?: number;
  track?: number;
  kind?: string;
}

function bodyOf(report: Report): string {
  return JSON.stringify({
    event: report.event,
    id: report.id ?? `EV_${newId()}`,
    createdAt: String(begin + report.at),
    room: { name: report.room, sid: "RM_1" },
    ...(report.who && { participant: { sid: report.sid ?? "PA_1", identity: report.who.id, joinedAt: String(begin + (report.joined ?? report.at)), kind: report.kind ?? "STANDARD", state: "ACTIVE" } }),
    ...(report.track !== undefined && { track: { sid: "TR_1", source: "MICROPHONE" } }),
  });
}

async function post(app: App, body: string, given: { secret?: string; signed?: string } = {}): Promise<number> {
  const token = new AccessToken(KEY.apiKey, given.secret ?? KEY.apiSecret, { ttl: "5m" });
  token.sha256 = createHash("sha256").update(given.signed ?? body).digest("base64");
  const response = await fetch(`${app.origin}/live/webhook`, { method: "POST", body, headers: { authorization: await token.toJwt(), "content-type": "application/webhook+json" } });
  return response.status;
}

async function setting() {
  const db = await aDatabase();
  const evening = await anEvening(db, { state: "live", startsAt: new Date(begin * 1000), endsAt: new Date((begin + 5400) * 1000), startedAt: new Date(begin * 1000) });
  const app = await anApp(db, { settings: { external: { url: "http://127.0.0.1:9", ...KEY } } });
  return { db, app, ...evening };
}

/** Seconds since the beginning: [from, to] of each stay; null where it has not ended. */
async function staysOf(db: Db, seminarId: string, person: { id: string }) {
  const seconds = (at: Date | null) => (at ? at.getTime() / 1000 - begin : null);
  return (await listStays(db, seminarId, person.id)).map((stay) => [seconds(stay.joinedAt), seconds(stay.leftAt)]);
}

test("what is not signed with our key, about this very body, changes nothing", async () => {
  const { db, app, colleague, seminar } = await setting();
  const report = { event: "participant_joined", at: 10, room: seminar.id, who: colleague };
  const body = bodyOf(report);
  expect(await post(app, body, { secret: "别人的钥匙".repeat(10) })).toBe(401);
  expect(await post(app, body, { signed: bodyOf({ ...report, room: newId() }) })).toBe(401);
  expect((await fetch(`${app.origin}/live/webhook`, { method: "POST", body })).status).toBe(401);
  expect(await post(app, "{")).toBe(401);
  // Far too much is refused before it is read: the answer may be overtaken by the end of the line.
  expect([413, "cut off"]).toContain(await post(app, JSON.stringify({ event: "x", pad: "长".repeat(400_000) })).catch(() => "cut off"));
  expect(await staysOf(db, seminar.id, colleague)).toEqual([]);
  expect(await post(app, body)).toBe(200);
  expect(await staysOf(db, seminar.id, colleague)).toEqual([[10, null]]);
});

test("a report without a signature, or signed too long ago, changes nothing", async () => {
  const { db, app, colleague, seminar } = await setting();
  const body = bodyOf({ event: "participant_joined", at: 10, room: seminar.id, who: colleague });
  const now = Math.floor(Date.now() / 1000);
  const sent = async (alg: string, exp: number) => {
    const part = (what: object) => Buffer.from(JSON.stringify(what)).toString("base64url");
    const told = `${part({ alg, typ: "JWT" })}.${part({ iss: KEY.apiKey, nbf: now - 7_200, exp, sha256: createHash("sha256").update(body).digest("base64") })}`;
    const signature = alg === "none" ? "" : createHmac("sha256", KEY.apiSecret).update(told).digest("base64url");
    return (await fetch(`${app.origin}/live/webhook`, { method: "POST", body, headers: { authorization: `${told}.${signature}` } })).status;
  };
  expect([await sent("none", now + 300), await sent("NONE", now + 300), await sent("RS256", now + 300), await sent("HS256", now - 3_600)]).toEqual([401, 401, 401, 401]);
  expect(await staysOf(db, seminar.id, colleague)).toEqual([]);
  expect(await sent("HS256", now + 300)).toBe(200);
  expect(await staysOf(db, seminar.id, colleague)).toEqual([[10, null]]);
});

test("a replay changes nothing: neither a second stay, nor one that begins again after it ended", async () => {
  const { db, app, colleague, seminar } = await setting();
  const joined = bodyOf({ id: "EV_来", event: "participant_joined", at: 10, room: seminar.id, who: colleague });
  const left = bodyOf({ id: "EV_走", event: "participant_left", at: 600, joined: 10, room: seminar.id, who: colleague });
  for (const body of [joined, joined, left, joined, left]) expect(await post(app, body)).toBe(200);
  expect(await staysOf(db, seminar.id, colleague)).toEqual([[10, 600]]);
  // Told again under a new name, it is the same stay of the same participant.
  await post(app, bodyOf({ event: "participant_joined", at: 10, room: seminar.id, who: colleague }));
  await post(app, bodyOf({ event: "participant_left", at: 900, joined: 10, room: seminar.id, who: colleague }));
  expect(await staysOf(db, seminar.id, colleague)).toEqual([[10, 600]]);
  // The sweep saw that they are there all the same: the old report of their going, sent again, does not end it.
  await reopenStay(db, seminar.id, "PA_1", new Date(), new Date());
  expect(await post(app, left)).toBe(200);
  expect(await staysOf(db, seminar.id, colleague)).toEqual([[10, null]]);
});

test("in whatever order the reports come, the stays are the same", async () => {
  const { db, app, colleague, seminar } = await setting();
  const reports = [
    { event: "participant_joined", at: 0, room: seminar.id, who: colleague, sid: "PA_甲" },
    { event: "participant_left", at: 300, joined: 0, room: seminar.id, who: colleague, sid: "PA_甲" },
    { event: "participant_joined", at: 380, room: seminar.id, who: colleague, sid: "PA_乙" },
    { event: "participant_left", at: 2000, joined: 380, room: seminar.id, who: colleague, sid: "PA_乙" },
  ];
  for (const index of [3, 1, 2, 0]) await post(app, bodyOf(reports[index] ?? reports[0]!));
  expect(await staysOf(db, seminar.id, colleague)).toEqual([[0, 300], [380, 2000]]);
  const stays = (await listStays(db, seminar.id)).map((stay) => ({ from: stay.joinedAt, to: endOfStay(stay), channel: stay.channel }));
  const session = { startedAt: new Date(begin * 1000), endedAt: new Date((begin + 2500) * 1000) };
  // Eighty seconds away is a reconnect, not an absence.
  expect(attendanceOf(stays, session)).toMatchObject({ presentMs: 2_000_000, attended: true });
});

test("the end of the room ends whoever was in it, and nobody who came back since", async () => {
  const { db, app, host, colleague, seminar } = await setting();
  await post(app, bodyOf({ event: "participant_joined", at: 5, room: seminar.id, who: host, sid: "PA_主" }));
  await post(app, bodyOf({ event: "participant_joined", at: 700, room: seminar.id, who: colleague, sid: "PA_再" }));
  await post(app, bodyOf({ event: "room_finished", at: 600, room: seminar.id }));
  expect(await staysOf(db, seminar.id, host)).toEqual([[5, 600]]);
  expect(await staysOf(db, seminar.id, colleague)).toEqual([[700, null]]);
});

test("rooms that are no seminars, people who are nobody, and recorders leave no trace", async () => {
  const { db, app, colleague, seminar } = await setting();
  expect(await post(app, bodyOf({ event: "participant_joined", at: 1, room: newId(), who: colleague }))).toBe(200);
  expect(await post(app, bodyOf({ event: "participant_joined", at: 1, room: "测试间", who: colleague }))).toBe(200);
  expect(await post(app, bodyOf({ event: "participant_joined", at: 1, room: seminar.id, who: { id: newId() } }))).toBe(200);
  expect(await post(app, bodyOf({ event: "participant_joined", at: 1, room: seminar.id, who: colleague, kind: "EGRESS" }))).toBe(200);
  expect(await listStays(db, seminar.id)).toEqual([]);
});

test("a stop waits for the report that is being kept, and takes none after it", async () => {
  const { db, app, colleague, seminar } = await setting();
  const report = { id: "EV_停", event: "participant_joined", at: 10, room: seminar.id, who: colleague };
  let letGo = (_why: Error): void => undefined;
  const held = db.transaction(async (tx) => {
    await keepMediaEvent(tx, { id: report.id, event: report.event, room: seminar.id, participant: null, sid: null, at: new Date(), receivedAt: new Date() });
    await new Promise<void>((_resolve, reject) => (letGo = reject));
  });
  const arrived = once(app.httpServer, "request");
  const answer = post(app, bodyOf(report));
  await arrived;
  const stopped = app.live.stop().then(() => "stopped");
  expect(await Promise.race([stopped, pause(300, "waits")])).toBe("waits");
  letGo(new Error("想了想，不写了"));
  await expect(held).rejects.toThrow("想了想");
  expect(await stopped).toBe("stopped");
  expect(await answer).toBe(200);
  expect(await post(app, bodyOf({ ...report, id: "EV_晚" }))).toBe(503);
  expect(await staysOf(db, seminar.id, colleague)).toEqual([[10, null]]);
});
