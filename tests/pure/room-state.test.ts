import { expect, test } from "vitest";
import type { MessageInRoom } from "#app/seminars/room-protocol.ts";
import { pickShown } from "#app/seminars/room/pick-shown.ts";
import { roomAfter, type RoomNow } from "#app/seminars/room/room-state.ts";
import type { Face } from "#app/seminars/room/use-live.ts";

const said = (id: string, body: string): MessageInRoom => ({ id, personId: "林", name: "林雨桐", body, at: "2026-11-25T11:30:00.000Z", removed: false, clientKey: id });
const empty: RoomNow = { seminar: { state: "live", agendaAt: 0, startedAt: null, endedAt: null }, may: { speak: true, shareScreen: false, host: false }, people: { count: 0, listed: [] }, hands: [], messages: [], lobby: [], removed: [] };
const bodies = (room: RoomNow) => room.messages.map((one) => one.body);

test("what is heard twice is there once, in the order in which it was said", () => {
  const first = roomAfter(empty, { type: "messages", messages: [said("二", "谁先出场？"), said("一", "份和个。")] });
  const again = roomAfter(first, { type: "loaded", whole: true, room: { ...empty, messages: [said("一", "份和个。"), said("三", "先份。")] } });
  expect(again.messages.map((one) => one.id)).toEqual(["一", "三", "二"].sort());
});

test("a message that the host took away stays away, also when an older page brings it again", () => {
  const before = roomAfter(empty, { type: "messages", messages: [said("一", "不该说的")] });
  const after = roomAfter(roomAfter(before, { type: "messageRemoved", messageId: "一" }), { type: "loaded", whole: true, room: { ...empty, messages: [said("一", "不该说的")] } });
  expect(bodies(after)).toEqual([""]);
  expect(after.messages[0]?.removed).toBe(true);
});

test("while the line holds, what the page was given anew brings messages and nothing that may be older", () => {
  const now = roomAfter(empty, { type: "people", people: { count: 17, listed: [] } });
  const stale = { ...empty, messages: [said("一", "来了。")] };
  expect(roomAfter(now, { type: "loaded", whole: false, room: stale })).toMatchObject({ people: { count: 17 }, messages: [{ body: "来了。" }] });
  expect(roomAfter(now, { type: "loaded", whole: true, room: stale }).people.count).toBe(0);
});

const face = (id: string, given: Partial<Face> = {}): Face => ({ id, name: id, mine: false, speaking: false, spokeAt: 0, microphone: false, camera: null, screen: null, sounds: [], ...given });
const picture = {} as NonNullable<Face["camera"]>; // only whether there is one counts here

test("of seventeen, the host is large, those with a picture are seen, and so are oneself and whoever speaks; nobody jumps because they speak", () => {
  const many = Array.from({ length: 14 }, (_, n) => face(`听${n}`, { camera: n < 8 ? picture : null }));
  const quiet = pickShown([...many, face("我", { mine: true }), face("主持"), face("角落", { microphone: true })], "主持");
  expect(quiet.map((one) => one.id)).toEqual(["主持", "听0", "听1", "听2", "听3", "听4", "我"]);
  const speaking = pickShown([...many.map((one) => ({ ...one, speaking: one.id === "听3" })), face("我", { mine: true }), face("主持"), face("角落", { microphone: true, speaking: true })], "主持");
  expect(speaking.map((one) => one.id)).toEqual(["主持", "听0", "听1", "听2", "听3", "角落", "我"]);
});

test("a shared screen comes before every face", () => {
  expect(pickShown([face("主持"), face("讲", { screen: picture })], "主持").map((one) => [one.id, one.screenShown])).toEqual([["讲", true], ["主持", false], ["讲", false]]);
});
