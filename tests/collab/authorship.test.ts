import { expect, test } from "vitest";
import * as Y from "yjs";
import { countLog, findClientOwners } from "#db/documents.ts";
import { aStaffRoom, aWhile, until } from "#tests/collab/setting.ts";

test("words under another person's client id are refused: nothing is stored, nobody sees them, the forger is told", async () => {
  const room = await aStaffRoom();
  const li = room.join("li");
  await li.synced();
  li.types("分数");
  await li.saved();
  const forger = room.join("wang");
  await forger.synced();
  expect(forger.sees()).toBe("分数");
  const rows = await countLog(room.db, room.docId);
  forger.doc.clientID = li.doc.clientID;
  forger.types("假的");
  await until(() => forger.closes.some((close) => close.reason === "forged-author"));
  await aWhile();
  expect(await countLog(room.db, room.docId)).toBe(rows);
  expect(li.sees()).toBe("分数");
  // The operator is told who tried.
  expect(room.faults.map((fault) => fault.doing)).toEqual(["refusing an update of plan:01JPLAN by wang"]);
});

test("the platform's own words cannot be continued in its name", async () => {
  const room = await aStaffRoom();
  const [platform] = (await findClientOwners(room.db, room.docId)).keys();
  const forger = room.join("wang");
  await forger.synced();
  forger.doc.clientID = platform ?? 0;
  forger.types("假的");
  await until(() => forger.closes.some((close) => close.reason === "forged-author"));
});

test("two who claim one new client id at the same moment: the first keeps it", async () => {
  const room = await aStaffRoom();
  const li = room.join("li");
  const wang = room.join("wang");
  await li.synced();
  await wang.synced();
  li.doc.clientID = 4711;
  wang.doc.clientID = 4711;
  li.types("甲");
  wang.types("乙");
  await until(() => [li, wang].some((page) => page.closes.some((close) => close.reason === "forged-author")));
  await aWhile();
  expect([li, wang].filter((page) => page.closes.length > 0)).toHaveLength(1);
  const owner = (await findClientOwners(room.db, room.docId, [4711])).get(4711);
  expect(owner).toBe(li.closes.length > 0 ? "wang" : "li");
});

test("another's words may be deleted", async () => {
  const room = await aStaffRoom();
  const li = room.join("li");
  const wang = room.join("wang");
  await li.synced();
  await wang.synced();
  li.types("分数的的意义");
  await until(() => wang.sees() === "分数的的意义");
  wang.doc.getText("t").delete(3, 1);
  await until(() => li.sees() === "分数的意义");
  expect(wang.closes).toEqual([]);
});

test("written offline, in two sessions, brought by a third: accepted from the author, refused from another", async () => {
  const room = await aStaffRoom();
  const li = room.join("li");
  await li.synced();
  li.types("甲");
  await li.saved();
  li.leave();
  li.types("乙");
  const second = new Y.Doc({ gc: false });
  Y.applyUpdate(second, Y.encodeStateAsUpdate(li.doc));
  second.getText("t").insert(2, "丙");
  const copy = Y.encodeStateAsUpdate(second);
  const [third, stolen] = [new Y.Doc({ gc: false }), new Y.Doc({ gc: false })];
  for (const doc of [third, stolen]) Y.applyUpdate(doc, copy);
  third.getText("t").insert(3, "丁");

  const thief = room.join("wang", stolen);
  await until(() => thief.closes.some((close) => close.reason === "forged-author"));
  const back = room.join("li", third);
  await back.synced();
  const wang = room.join("wang");
  await wang.synced();
  expect(wang.sees()).toBe("甲乙丙丁");
  const owners = [...(await findClientOwners(room.db, room.docId)).values()];
  expect(owners.filter((owner) => owner === "li")).toHaveLength(3);
  expect(owners).not.toContain("wang");
});
