import { expect, test } from "vitest";
import { inkFor } from "#app/plans/person-ink.ts";
import { aStaffRoom, aWhile, until } from "#tests/collab/setting.ts";

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
