import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { seminarFor } from "#app/seminars/access.server.ts";
import { enterSeminar } from "#app/seminars/enter.server.ts";
import { LiveUnreachable } from "#app/seminars/live-rooms.ts";
import { ROOM_CLOSE } from "#app/seminars/room-protocol.ts";
import { say } from "#app/seminars/say.server.ts";
import { seats } from "#db/schema/index.ts";
import { listStays } from "#db/seminar-presence.ts";
import { listLatestMessages } from "#db/seminar-talk.ts";
import { findSeminar } from "#db/seminars.ts";
import { aDatabase } from "#tests/database.ts";
import { aMember } from "#tests/factories.ts";
import { until } from "#tests/live/until.ts";
import { aPage, aRoomServer, deafTo, openPage } from "./room-setting.ts";
import { anEvening, aSeminar, quietServices } from "./setting.ts";

const running = () => ({ state: "live" as const, startsAt: new Date(Date.now() - 600_000), endsAt: new Date(Date.now() + 3_600_000), startedAt: new Date(Date.now() - 600_000) });

test("the door asks for origin, session and right before it opens, and says no more than it must", async () => {
  const db = await aDatabase();
  const { studio, host, colleague, stranger, trainee, seminar } = await anEvening(db, { ...running(), capacity: 1 });
  const later = await aSeminar(db, studio, host, { startsAt: new Date(Date.now() + 86_400_000), endsAt: new Date(Date.now() + 90_000_000) });
  const over = await aSeminar(db, studio, host, { ...running(), state: "reported" });
  const server = await aRoomServer(db);
  expect(await openPage(server, colleague, seminar.id, { origin: "https://elsewhere.example" })).toMatchObject({ status: 403 });
  expect(await openPage(server, null, seminar.id)).toMatchObject({ status: 401 });
  expect(await openPage(server, stranger, seminar.id)).toMatchObject({ status: 404 });
  expect(await openPage(server, stranger, "01ARZ3NDEKTSV4RRFFQ69G5FAV")).toMatchObject({ status: 404 });
  expect(await openPage(server, colleague, later.id)).toEqual({ status: 409, entry: "not_yet" });
  expect(await openPage(server, colleague, over.id)).toMatchObject({ status: 403 });
  const page = await aPage(server, colleague, seminar.id);
  expect(await page.next("welcome")).toMatchObject({ me: { name: "林雨桐" }, may: { speak: true, host: false }, seminar: { state: "live", agendaAt: 0 }, people: { count: 1 }, messages: [], lobby: [] });
  expect(await openPage(server, trainee, seminar.id)).toEqual({ status: 409, entry: "full" });
  await aPage(server, host, seminar.id);
});

test("what one says everybody reads, after it is kept; twice over a bad line is once; who was away catches up", async () => {
  const db = await aDatabase();
  const { host, colleague, trainee, seminar } = await anEvening(db, running());
  const server = await aRoomServer(db);
  const [first, second] = [await aPage(server, colleague, seminar.id), await aPage(server, trainee, seminar.id)];
  await first.next("welcome");
  await second.next("welcome");
  second.say({ type: "say", body: "量和率怎么区分？", clientKey: "甲" });
  const { messageId } = await second.next("kept");
  expect((await first.next("messages")).messages).toMatchObject([{ id: messageId, name: "陈静好", body: "量和率怎么区分？", clientKey: "甲", removed: false }]);
  second.socket.terminate();

  await say({ ...quietServices(db), rooms: server.attached.rooms }, host, await hostSays(db, host, seminar.id), { body: "用线段图。", clientKey: "乙" });
  expect((await first.next("messages")).messages).toMatchObject([{ name: "何立夏" }]);
  const back = await aPage(server, trainee, seminar.id, { after: messageId });
  expect((await back.next("welcome")).messages.map((one) => one.body)).toEqual(["用线段图。"]);
  back.say({ type: "say", body: "量和率怎么区分？", clientKey: "甲" });
  expect(await back.next("kept")).toEqual({ type: "kept", clientKey: "甲", messageId });
  expect(await listLatestMessages(db, seminar.id, { limit: 9 })).toHaveLength(2);
  back.say({ type: "say", body: "  ", clientKey: "丙" });
  expect(await back.next("refused")).toEqual({ type: "refused", ask: "say", reason: "empty", clientKey: "丙" });
});

test("a hand goes up, the host calls it, its owner may speak, and may not once it is lowered", async () => {
  const db = await aDatabase();
  const { host, trainee, seminar } = await anEvening(db, running());
  const server = await aRoomServer(db);
  const [hosting, page] = [await aPage(server, host, seminar.id), await aPage(server, trainee, seminar.id)];
  expect((await page.next("welcome")).may).toEqual({ speak: false, shareScreen: false, host: false });
  page.say({ type: "hand", up: true });
  expect((await hosting.next("hands")).hands).toMatchObject([{ name: "陈静好", calledAt: null }]);
  page.say({ type: "call", personId: trainee.id });
  expect(await page.next("refused")).toMatchObject({ ask: "call", reason: "not_allowed" });
  hosting.say({ type: "call", personId: trainee.id });
  expect((await page.next("may")).may).toEqual({ speak: true, shareScreen: false, host: false });
  expect((await hosting.next("hands", ({ hands }) => hands[0]?.calledAt !== null)).hands).toHaveLength(1);
  hosting.say({ type: "lower", personId: trainee.id });
  expect((await page.next("may")).may).toMatchObject({ speak: false });
  expect((await hosting.next("hands")).hands).toEqual([]);
});

test("whoever waits in the lobby hears nothing until the host lets them in; whoever is turned away is out", async () => {
  const db = await aDatabase();
  const { host, colleague, trainee, seminar } = await anEvening(db, { ...running(), lobby: true });
  const server = await aRoomServer(db);
  const hosting = await aPage(server, host, seminar.id);
  await hosting.next("welcome");
  const [waiting, other] = [await aPage(server, trainee, seminar.id), await aPage(server, colleague, seminar.id)];
  await waiting.next("waiting");
  expect((await hosting.next("lobby", ({ lobby }) => lobby.length === 2)).lobby.map((one) => one.name)).toEqual(["陈静好", "林雨桐"]);
  waiting.say({ type: "say", body: "有人吗？", clientKey: "甲" });
  hosting.say({ type: "say", body: "还在等人。", clientKey: "乙" });
  await hosting.next("messages");
  hosting.say({ type: "deny", personId: colleague.id });
  expect(await other.closed).toBe(ROOM_CLOSE.notAllowed);
  expect(waiting.heard).toEqual([{ type: "waiting" }]);
  hosting.say({ type: "admitAll" });
  expect((await waiting.next("welcome")).messages.map((one) => one.body)).toEqual(["还在等人。"]);
  expect((await hosting.next("people", ({ people }) => people.count === 2)).people.listed.map((one) => [one.name, one.role])).toEqual([["何立夏", "host"], ["陈静好", null]]);
  const stays = await listStays(db, seminar.id);
  expect(stays.map((stay) => stay.personId).sort()).toEqual([host.id, trainee.id].sort());
});

test("a removed person's line is closed, and the door stays shut for them", async () => {
  const db = await aDatabase();
  const { host, trainee, seminar } = await anEvening(db, running());
  const server = await aRoomServer(db, { live: { remove: async () => { throw new LiveUnreachable("连不上"); } } });
  const [hosting, page, phone] = [await aPage(server, host, seminar.id), await aPage(server, trainee, seminar.id), await aPage(server, trainee, seminar.id)];
  hosting.say({ type: "remove", personId: trainee.id });
  expect(await page.closed).toBe(ROOM_CLOSE.notAllowed);
  expect(await phone.closed).toBe(ROOM_CLOSE.notAllowed);
  expect(await openPage(server, trainee, seminar.id)).toMatchObject({ status: 403 });
  hosting.say({ type: "remove", personId: host.id });
  expect(await hosting.next("refused")).toMatchObject({ ask: "remove", reason: "self" });
  hosting.say({ type: "admit", personId: trainee.id });
  await until("the door", async () => !("status" in (await openPage(server, trainee, seminar.id))));
});

test("a seat that ends and a session that ends close the line; those who stay hear of it", async () => {
  const db = await aDatabase();
  const { host, colleague, trainee, seminar } = await anEvening(db, running());
  const server = await aRoomServer(db);
  const [hosting, one, two] = [await aPage(server, host, seminar.id), await aPage(server, trainee, seminar.id), await aPage(server, colleague, seminar.id)];
  await hosting.next("people", ({ people }) => people.count === 3);
  await server.attached.recheck();
  await db.update(seats).set({ to: new Date() }).where(eq(seats.personId, trainee.id));
  server.signedOut.add(colleague.id);
  await server.attached.recheck({ personIds: [trainee.id, colleague.id] });
  expect(await one.closed).toBe(ROOM_CLOSE.notAllowed);
  expect(await two.closed).toBe(ROOM_CLOSE.signedOut);
  await hosting.next("people", ({ people }) => people.count === 1);
});

test("who was shown out and does not hang up is followed no more: whose seat ended, and who signed out", async () => {
  const db = await aDatabase();
  const { host, colleague, trainee, seminar } = await anEvening(db, running());
  const server = await aRoomServer(db);
  const [hosting, seatless, signedOut] = [await aPage(server, host, seminar.id), await aPage(server, trainee, seminar.id), await aPage(server, colleague, seminar.id)];
  await hosting.next("people", ({ people }) => people.count === 3);
  // A page of ours answers the end of its line; a script keeps it, and what it sends still arrives.
  const deaf = [seatless, signedOut].map(({ socket }) => deafTo(socket));
  await db.update(seats).set({ to: new Date() }).where(eq(seats.personId, trainee.id));
  server.signedOut.add(colleague.id);
  await server.attached.recheck({ personIds: [trainee.id, colleague.id] });
  await hosting.next("people", ({ people }) => people.count === 1);
  for (const say of deaf) say({ type: "say", body: "我还在", clientKey: "k" });
  hosting.say({ type: "say", body: "会议继续", clientKey: "h" });
  await hosting.next("kept");
  await server.close();
  expect((await listLatestMessages(db, seminar.id, { limit: 10 })).map(({ body }) => body)).toEqual(["会议继续"]);
});

test("the host moves the agenda, takes a message away and ends it for everybody", async () => {
  const db = await aDatabase();
  const { host, colleague, seminar } = await anEvening(db, { ...running(), state: "scheduled", startedAt: null });
  const server = await aRoomServer(db, { live: { mute: async () => { throw new LiveUnreachable("连不上"); } } });
  const [hosting, page] = [await aPage(server, host, seminar.id), await aPage(server, colleague, seminar.id)];
  expect((await page.next("welcome")).seminar).toMatchObject({ state: "scheduled", startedAt: null });
  hosting.say({ type: "start" });
  expect((await page.next("seminar")).seminar.state).toBe("live");
  hosting.say({ type: "agenda", position: 1 });
  expect((await page.next("seminar")).seminar.agendaAt).toBe(1);
  page.say({ type: "say", body: "发错了", clientKey: "甲" });
  const { messageId } = await page.next("kept");
  hosting.say({ type: "removeMessage", messageId });
  expect(await page.next("messageRemoved")).toEqual({ type: "messageRemoved", messageId });
  hosting.say({ type: "mute", personId: colleague.id, source: "microphone" });
  expect(await hosting.next("refused")).toMatchObject({ ask: "mute", reason: "live_down" });
  page.say({ type: "end" });
  expect(await page.next("refused")).toMatchObject({ ask: "end", reason: "not_allowed" });
  hosting.say({ type: "end" });
  expect((await page.next("seminar")).seminar.state).toBe("ended");
  expect(await page.closed).toBe(ROOM_CLOSE.over);
  expect(await findSeminar(db, seminar.id)).toMatchObject({ state: "ended" });
});

test("presence follows the line: it begins with it, is seen at every beat, ends when it is closed, and, when it dies in silence, where it was last heard", async () => {
  const db = await aDatabase();
  const { colleague, trainee, seminar } = await anEvening(db, running());
  const server = await aRoomServer(db, { beatMs: 100 });
  const before = Date.now();
  const page = await aPage(server, colleague, seminar.id);
  const dead = await aPage(server, trainee, seminar.id);
  await page.next("welcome");
  await dead.next("welcome");
  // A line that was cut says nothing more, not even the pong that the socket would send by itself.
  dead.socket.pause();
  const cutAt = Date.now();
  const stayOf = async (personId: string) => (await listStays(db, seminar.id, personId))[0];
  await until("a stay that is seen", async () => ((await stayOf(colleague.id))?.seenAt.getTime() ?? 0) > before + 300);
  expect((await stayOf(colleague.id))?.leftAt).toBeNull();
  const ended = await until("the end of the dead line", async () => (await stayOf(trainee.id))?.leftAt);
  expect(ended.getTime()).toBeLessThanOrEqual(cutAt + 150);
  expect(page.socket.readyState).toBe(page.socket.OPEN);
  page.socket.close();
  await until("the end of the line", async () => (await stayOf(colleague.id))?.leftAt);
  expect((await stayOf(colleague.id))?.channel).toBe("text");
});

test("stopping writes the end of every stay and tells pages to come back; in the next process they do", async () => {
  const db = await aDatabase();
  const { colleague, seminar } = await anEvening(db, running());
  const server = await aRoomServer(db);
  const page = await aPage(server, colleague, seminar.id);
  await page.next("welcome");
  await server.close();
  expect(await page.closed).toBe(ROOM_CLOSE.restart);
  expect((await listStays(db, seminar.id)).map((stay) => stay.leftAt !== null)).toEqual([true]);
  const again = await aPage(await aRoomServer(db), colleague, seminar.id);
  await again.next("welcome");
  expect(await listStays(db, seminar.id)).toHaveLength(2);
});

test("a character that no database takes is left out of what is said, and nothing fails by it", async () => {
  const db = await aDatabase();
  const { trainee, seminar } = await anEvening(db, running());
  const server = await aRoomServer(db);
  const page = await aPage(server, trainee, seminar.id);
  await page.next("welcome");
  page.say('{"type":"say","body":"零\\u0000位\\ud800","clientKey":"k"}');
  await page.next("kept");
  page.say({ type: "call", personId: "\0" });
  expect(await page.next("refused")).toMatchObject({ ask: "call", reason: "not_allowed" });
  expect((await listLatestMessages(db, seminar.id, { limit: 10 })).map(({ body }) => body)).toEqual(["零位\ufffd"]);
});

test.each<[string, string]>([["no JSON", "{"], ["an unknown order", '{"type":"become_host"}'], ["a field of another kind", '{"type":"agenda","position":"一"}'], ["a body beyond all measure", JSON.stringify({ type: "say", body: "长".repeat(30_000), clientKey: "甲" })]])("%s closes the line of who sent it, and nobody else's", async (_what, frame) => {
  const db = await aDatabase();
  const { host, trainee, seminar } = await anEvening(db, running());
  const server = await aRoomServer(db);
  const [hosting, page] = [await aPage(server, host, seminar.id), await aPage(server, trainee, seminar.id)];
  await hosting.next("welcome");
  page.say(frame);
  expect([ROOM_CLOSE.nonsense, 1009]).toContain(await page.closed);
  hosting.say({ type: "say", body: "还在", clientKey: "甲" });
  await hosting.next("kept");
});

test("a room of a hundred and thirty counts everybody and lists a hundred, hosts first", async () => {
  const db = await aDatabase();
  const { studio, host, seminar } = await anEvening(db, { ...running(), capacity: 500 });
  const server = await aRoomServer(db);
  const people = [];
  for (let n = 0; n < 129; n += 1) people.push(await aMember(db, studio, "trainee"));
  await Promise.all(people.map((person) => aPage(server, person, seminar.id)));
  const hosting = await aPage(server, host, seminar.id);
  const { people: seen } = await hosting.next("people", ({ people: now }) => now.count === 130);
  expect(seen.listed).toHaveLength(100);
  expect(seen.listed[0]).toMatchObject({ id: host.id, role: "host" });
  // A hundred and thirty comings were not told one by one.
  expect(hosting.heard.filter((one) => one.type === "people").length).toBeLessThan(10);
});

async function hostSays(db: Parameters<typeof seminarFor>[0], host: Parameters<typeof seminarFor>[1], seminarId: string) {
  await enterSeminar(db, host, await seminarFor(db, host, "enter", seminarId));
  return seminarFor(db, host, "say", seminarId);
}
