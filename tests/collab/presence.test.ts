import * as encoding from "lib0/encoding";
import { expect, test } from "vitest";
import { inkFor } from "#app/plans/person-ink.ts";
import { aStaffRoom, aViewer, aWhile, type joined, PLAN, until } from "#tests/collab/setting.ts";

type Page = ReturnType<typeof joined>;
const statesIn = (page: Page) => page.provider.awareness?.getStates() ?? new Map<number, Record<string, unknown>>();
const readersIn = (page: Page) => [...statesIn(page).values()].flatMap(({ readers }) => (readers ? [readers as { count: number; named: { name: string }[] }] : []));

test("a caret bears the name of its person, whatever the page says", async () => {
  const room = await aStaffRoom();
  const li = room.join("li");
  const wang = room.join("wang");
  await li.synced();
  await wang.synced();
  const seen = () => li.provider.awareness?.getStates().get(wang.doc.clientID);
  wang.provider.awareness?.setLocalState({ person: { id: "li", name: "李雪" }, user: { name: "李雪" }, name: "李雪", sec: { objectives: { name: "李雪", color: "red", anchorPos: null } } });
  await until(() => seen()?.person !== undefined);
  expect(seen()).toEqual({
    person: { id: "wang", name: "王强", ink: inkFor("wang"), writes: true },
    name: "王强",
    sec: { objectives: { name: "王强", color: inkFor("wang"), anchorPos: null } },
  });
});

test("nobody speaks for another's caret, and no ghost appears beside the real ones", async () => {
  const room = await aStaffRoom();
  const li = room.join("li");
  const wang = room.join("wang");
  await li.synced();
  await wang.synced();
  li.provider.awareness?.setLocalStateField("sec", { objectives: { composing: true } });
  await until(() => wang.provider.awareness?.getStates().get(li.doc.clientID)?.sec !== undefined);
  const before = wang.provider.awareness?.getStates().get(li.doc.clientID);
  const third = room.join("wang");
  await third.synced();
  const { awareness } = third.provider;
  if (!awareness) throw new Error("no awareness");
  // Under another's id, and with a clock that beats the real one.
  awareness.clientID = li.doc.clientID;
  for (let turn = 0; turn < 30; turn += 1) awareness.setLocalState({ sec: { objectives: { composing: false } } });
  await aWhile();
  expect(wang.provider.awareness?.getStates().get(li.doc.clientID)).toEqual(before);
  const people = [...(wang.provider.awareness?.getStates().values() ?? [])].map((state) => (state.person as { name: string } | undefined)?.name);
  expect(people.filter((name) => name === "李雪")).toHaveLength(1);
  expect(people.length).toBeLessThanOrEqual(3);
});

test("those who only read are counted, the first of them named, and none told of one by one", async () => {
  const room = await aStaffRoom();
  const li = room.join("li");
  await li.synced();
  const names = Array.from({ length: 15 }, (_, no) => `读者${no}`);
  const readers = names.map((name, no) => {
    room.people.set(`r${no}`, aViewer(`r${no}`, name));
    room.rights.set(`r${no}`, "read");
    return room.join(`r${no}`);
  });
  await until(() => readersIn(li)[0]?.count === 15);
  expect(readersIn(li)).toEqual([{ count: 15, named: readersIn(li)[0]?.named }]);
  expect(new Set(readersIn(li)[0]?.named.map(({ name }) => name)).size).toBe(12);
  expect(names).toEqual(expect.arrayContaining(readersIn(li)[0]?.named.map(({ name }) => name) ?? []));
  const [first, ...others] = readers;
  if (!first) throw new Error("nobody reads");
  li.provider.awareness?.setLocalStateField("sec", { objectives: { anchorPos: null } });
  first.provider.awareness?.setLocalStateField("sec", { objectives: { anchorPos: null } });
  await until(() => readers.every((reader) => statesIn(reader).get(li.doc.clientID)?.sec !== undefined));
  expect(statesIn(li).has(first.doc.clientID)).toBe(false);
  expect(statesIn(li).size).toBe(2);

  for (const reader of others) reader.leave();
  await until(() => readersIn(li)[0]?.count === 1);
  first.leave();
  await until(() => readersIn(li).length === 0);
});

test("a person who reads in two windows is one reader, and one whose right is taken away is none", async () => {
  const room = await aStaffRoom();
  room.rights.set("zhao", "read");
  room.rights.set("wang", "read");
  const li = room.join("li");
  for (const who of ["zhao", "zhao", "wang"]) room.join(who);
  await until(() => readersIn(li)[0]?.count === 2);
  room.rights.delete("zhao");
  await room.collab.recheck({ personIds: ["zhao"] });
  await until(() => readersIn(li)[0]?.count === 1);
  expect(readersIn(li)[0]?.named.map(({ name }) => name)).toEqual(["王强"]);
});

test("nobody speaks in the server's place of those who read", async () => {
  const room = await aStaffRoom();
  room.rights.set("zhao", "read");
  const li = room.join("li");
  const wang = room.join("wang");
  room.join("zhao");
  await until(() => readersIn(li)[0]?.count === 1);
  const [server] = [...statesIn(li)].find(([, { readers }]) => readers !== undefined) ?? [];
  const { awareness } = wang.provider;
  if (!awareness || server === undefined) throw new Error("no awareness");
  awareness.setLocalState({ readers: { count: 9, named: [] }, talks: ["假"], talk: "1" });
  await until(() => statesIn(li).get(wang.doc.clientID)?.talk === "1");
  expect(Object.keys(statesIn(li).get(wang.doc.clientID) ?? {}).sort()).toEqual(["person", "talk"]);
  awareness.clientID = server;
  for (let turn = 0; turn < 30; turn += 1) awareness.setLocalState({ readers: { count: 9, named: [] } });
  await aWhile();
  expect(readersIn(li).map(({ count }) => count)).toEqual([1]);
});

test("which talk a reader's page shows is told to the others", async () => {
  const room = await aStaffRoom();
  room.rights.set("zhao", "read");
  const li = room.join("li");
  const zhao = room.join("zhao");
  await li.synced();
  const talks = () => [...statesIn(li).values()].flatMap((state) => (state.talks as string[] | undefined) ?? []);
  zhao.provider.awareness?.setLocalStateField("talk", "三条");
  await until(() => talks().includes("三条"));
  zhao.provider.awareness?.setLocalStateField("talk", "四条");
  await until(() => talks().includes("四条"));
  expect(talks()).toEqual(["四条"]);
});

test("a page fills the plan with no ghosts, and what is no presence ends nobody's line", async () => {
  const room = await aStaffRoom();
  const li = room.join("li");
  const wang = room.join("wang");
  await li.synced();
  await wang.synced();
  const line = wang.socket.webSocket as unknown as { send(frame: Uint8Array): void };
  line.send(presenceOf(Array.from({ length: 20_000 }, (_, no) => [1_000 + no, "{}"])));
  for (const odd of ["5", '"王强"', "[]", "null", '{"sec":5}']) line.send(presenceOf([[77, odd]]));
  wang.types("后来的字");
  await until(() => li.sees() === "后来的字");
  li.provider.awareness?.setLocalStateField("sec", { objectives: { composing: true } });
  await until(() => wang.provider.awareness?.getStates().get(li.doc.clientID)?.sec !== undefined);
  expect(li.provider.awareness?.getStates().size).toBeLessThan(10);
  expect(wang.closes).toEqual([]);
  expect(room.faults).toEqual([]);
});

/** A frame of presence as a script writes it. */
function presenceOf(states: readonly (readonly [clientId: number, state: string])[]): Uint8Array {
  const presence = encoding.createEncoder();
  encoding.writeVarUint(presence, states.length);
  for (const [clientId, state] of states) {
    encoding.writeVarUint(presence, clientId);
    encoding.writeVarUint(presence, 1);
    encoding.writeVarString(presence, state);
  }
  const frame = encoding.createEncoder();
  encoding.writeVarString(frame, PLAN);
  encoding.writeVarUint(frame, 1);
  encoding.writeVarUint8Array(frame, encoding.toUint8Array(presence));
  return encoding.toUint8Array(frame);
}
