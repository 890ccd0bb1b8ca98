import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { Room } from "@livekit/rtc-node";
import { describe, expect, onTestFinished, test } from "vitest";
import { seminarFor } from "#app/seminars/access.server.ts";
import { attendanceOf, endOfStay } from "#app/seminars/attendance.ts";
import { enterSeminar, ticketFor } from "#app/seminars/enter.server.ts";
import { closeStay, listStays } from "#db/seminar-presence.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import { aDatabase, aDatabaseAddress } from "#tests/database.ts";
import { openDb } from "#db/open.ts";
import { anEvening } from "#tests/seminars/setting.ts";
import { type App, aFolder, anApp, program } from "./livekit.ts";
import { aParticipant, withParticipants } from "./participant.ts";
import { until } from "./until.ts";

const minuteBefore = (at = Date.now()) => new Date(at - 60_000);
const running = () => ({ state: "live" as const, startsAt: minuteBefore(), endsAt: new Date(Date.now() + 3_600_000), startedAt: minuteBefore() });
const stayOf = async (db: Db, seminarId: string, person: Viewer) => (await listStays(db, seminarId, person.id)).at(-1);
/** The media server's reports count whole seconds. */
const WHOLE_SECOND_MS = 1_000;
const between = (from: number, to: number) => (at: Date | null | undefined) => at !== null && at !== undefined && at.getTime() >= from - WHOLE_SECOND_MS && at.getTime() <= to + WHOLE_SECOND_MS;

async function token(db: Db, app: App, viewer: Viewer, seminarId: string): Promise<string> {
  await enterSeminar(db, viewer, await seminarFor(db, viewer, "enter", seminarId));
  return (await ticketFor(app.live.rooms, viewer, await seminarFor(db, viewer, "read_chat", seminarId))).token;
}

describe.skipIf(!program)("presence from a real livekit-server", { timeout: 120_000 }, () => {
  withParticipants();

  test("begins when somebody's media flow, ends when they go, and goes on over a reconnect", async () => {
    const db = await aDatabase();
    const { colleague, seminar } = await anEvening(db, running());
    const app = await anApp(db);
    await until("the media server", () => app.live.state().ready);
    const cameAt = Date.now();
    const first = await aParticipant(app.origin, colleague, await token(db, app, colleague, seminar.id));
    await until("a stay", () => stayOf(db, seminar.id, colleague));
    const heardAt = Date.now();
    expect((await stayOf(db, seminar.id, colleague))?.joinedAt).toSatisfy(between(cameAt, heardAt));
    await pause(1_500);
    const goesAt = Date.now();
    await first.disconnect();
    await until("its end", async () => (await stayOf(db, seminar.id, colleague))?.leftAt);
    expect((await stayOf(db, seminar.id, colleague))?.leftAt).toSatisfy(between(goesAt, Date.now()));

    const again = await aParticipant(app.origin, colleague, await token(db, app, colleague, seminar.id));
    await until("another stay", async () => (await listStays(db, seminar.id)).length === 2);
    await pause(1_000);
    const goesAgainAt = Date.now();
    await again.disconnect();
    await until("its end", async () => (await stayOf(db, seminar.id, colleague))?.leftAt);
    const endedAt = Date.now();
    const stays = (await listStays(db, seminar.id)).map((stay) => ({ from: stay.joinedAt, to: endOfStay(stay), channel: stay.channel }));
    const { intervals, presentMs } = attendanceOf(stays, { startedAt: minuteBefore(cameAt), endedAt: new Date(endedAt + 5_000) });
    expect(intervals).toHaveLength(1);
    expect(presentMs).toBeGreaterThanOrEqual(goesAgainAt - heardAt - 2 * WHOLE_SECOND_MS);
    expect(presentMs).toBeLessThanOrEqual(endedAt - cameAt + WHOLE_SECOND_MS);
  });

  test("what no report told, the sweep finds: who is there, who has gone and since when", async () => {
    const db = await aDatabase();
    const { colleague, host, seminar } = await anEvening(db, running());
    // Reports go nowhere: all that is known comes from asking.
    const app = await anApp(db, { settings: { webhookUrl: () => "http://127.0.0.1:9/nowhere" } });
    await until("the media server", () => app.live.state().ready);
    const room = await aParticipant(app.origin, colleague, await token(db, app, colleague, seminar.id));
    await until("a stay that the sweep found", async () => {
      await app.live.sweep();
      return stayOf(db, seminar.id, colleague);
    });
    const found = (await stayOf(db, seminar.id, colleague))!; // it was just waited for
    const seenAgain = async () => {
      await app.live.sweep();
      const stay = await stayOf(db, seminar.id, colleague);
      return stay?.leftAt === null && stay.seenAt > found.joinedAt;
    };
    await until("them seen again", seenAgain);
    // Taken for gone by mistake, they are found to be there.
    await closeStay(db, found, found.joinedAt, found.joinedAt);
    await until("them seen again after all", seenAgain);
    await room.disconnect();
    await until("an end that the sweep found", async () => {
      await app.live.sweep();
      return (await stayOf(db, seminar.id, colleague))?.leftAt;
    });
    const ended = await stayOf(db, seminar.id, colleague);
    expect(ended?.leftAt).toEqual(ended?.seenAt);
    expect(ended?.seenAt).toSatisfy(between(found.joinedAt.getTime() + WHOLE_SECOND_MS, Date.now()));
    expect(await listStays(db, seminar.id, host.id)).toEqual([]);
  });

  test("somebody who came past the gate is sent out at once, by the report of their coming", async () => {
    const db = await aDatabase();
    const { host, stranger, seminar } = await anEvening(db, running());
    const app = await anApp(db);
    await until("the media server", () => app.live.state().ready);
    await aParticipant(app.origin, host, await token(db, app, host, seminar.id));
    const room = new Room();
    onTestFinished(() => room.disconnect());
    const out = new Promise<number>((resolve) => room.once("disconnected", () => resolve(Date.now())));
    const ticket = await app.live.rooms.ticket(seminar.id, stranger, { speak: true, shareScreen: true });
    const media = JSON.parse(readFileSync(`${app.settings.dataDir}/livekit/config.yaml`, "utf8")) as { port: number };
    const cameAt = Date.now();
    await room.connect(`ws://127.0.0.1:${media.port}`, ticket.token, { autoSubscribe: true, dynacast: false }).catch(() => undefined);
    // Well before the first sweep, which would find them as well.
    expect((await out) - cameAt).toBeLessThan(15_000);
  });

  test("survives that the application is killed: the media server is taken over, who stayed stays, who went has gone", async () => {
    const address = await aDatabaseAddress();
    const { db, close } = await openDb(address);
    onTestFinished(close);
    const { colleague, host, seminar } = await anEvening(db, running());
    for (const person of [colleague, host]) await enterSeminar(db, person, await seminarFor(db, person, "enter", seminar.id));
    const given = { database: address, port: 0, dataDir: aFolder(), path: (program ?? "").replace(/\/[^/]+$/, "") };
    const before = await anAppProcess(given);
    const [one, other] = await Promise.all([colleague, host].map(async (person) => aParticipant(before.origin, person, await before.ticket(seminar.id, person))));
    for (const person of [colleague, host]) await until("a stay", () => stayOf(db, seminar.id, person));
    const { pid } = await before.state();
    const joined = (await stayOf(db, seminar.id, colleague))?.joinedAt;

    before.kill();
    await other?.disconnect();
    const wentAt = Date.now();
    const after = await anAppProcess({ ...given, port: Number(new URL(before.origin).port) });
    expect((await after.state()).pid).toBe(pid);
    await until("the end of who went", async () => {
      await after.sweep();
      return (await stayOf(db, seminar.id, host))?.leftAt;
    }, 40_000);
    // The media server itself needs a while to miss somebody whose signalling was cut before they went.
    expect((await stayOf(db, seminar.id, host))?.leftAt).toSatisfy(between(joined?.getTime() ?? wentAt, wentAt + 30_000));
    await until("who stayed, seen again", async () => {
      await after.sweep();
      const stay = await stayOf(db, seminar.id, colleague);
      return stay?.leftAt === null && stay.seenAt.getTime() > wentAt + 1_000;
    }, 40_000);
    const stays = (await listStays(db, seminar.id, colleague.id)).map((stay) => ({ from: stay.joinedAt, to: endOfStay(stay), channel: stay.channel }));
    expect(attendanceOf(stays, { startedAt: minuteBefore(joined?.getTime()), endedAt: new Date() }).intervals).toMatchObject([{ from: joined }]);
    expect(one?.isConnected).toBe(true);
    await after.stop();
    expect(() => process.kill(pid, 0)).toThrow();
  });
});

async function anAppProcess(given: { database: string; port: number; dataDir: string; path: string }) {
  const child = spawn(process.execPath, [`${import.meta.dirname}/app-process.ts`, JSON.stringify(given)], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  let said = "";
  child.stdout.on("data", (part: Buffer) => (said += part.toString()));
  const origin = await until("the application", () => /http:\S+/.exec(said)?.[0], 30_000);
  const ask = async (path: string, headers: Record<string, string> = {}) => (await fetch(`${origin}${path}`, { headers })).json();
  await until("its media server", async () => ((await ask("/state")) as { ready: boolean }).ready, 30_000);
  return {
    origin,
    state: () => ask("/state") as Promise<{ ready: boolean; pid: number }>,
    ticket: async (seminarId: string, person: Viewer) => ((await ask("/ticket", { "x-seminar": seminarId, "x-person": person.id })) as { token: string }).token,
    sweep: () => ask("/sweep"),
    kill: () => child.kill("SIGKILL"),
    stop: () => fetch(`${origin}/stop`).catch(() => undefined).then(() => until("its end", () => child.exitCode !== null)),
  };
}
