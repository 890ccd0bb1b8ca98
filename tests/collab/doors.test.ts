import { expect, test } from "vitest";
import WebSocket from "ws";
import * as Y from "yjs";
import * as encoding from "lib0/encoding";
import { countLog } from "#db/documents.ts";
import { aStaffRoom, aWhile, PLAN, until } from "#tests/collab/setting.ts";

function handshake(port: number, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/collab`, { headers });
    socket.on("error", () => undefined);
    socket.on("unexpected-response", (_request, response) => resolve(response.statusCode ?? 0));
    socket.on("open", () => {
      socket.close();
      resolve(101);
    });
  });
}

test("who has no session, or comes from a foreign page, is turned away before the handshake", async () => {
  const room = await aStaffRoom();
  const own = `http://127.0.0.1:${room.port}`;
  expect(await handshake(room.port, { origin: own, cookie: "person=li" })).toBe(101);
  expect(await handshake(room.port, { origin: "http://tongyan.example", cookie: "person=li" })).toBe(101);
  expect(await handshake(room.port, { origin: own })).toBe(401);
  expect(await handshake(room.port, { origin: own, cookie: "person=nobody" })).toBe(401);
  expect(await handshake(room.port, { origin: "https://evil.example", cookie: "person=li" })).toBe(403);
  expect(await handshake(room.port, { origin: "null", cookie: "person=li" })).toBe(403);
});

test("a document that is not there and one that is not yours answer alike", async () => {
  const room = await aStaffRoom();
  const stranger = room.join("zhao");
  const lost = room.join("zhao", undefined, "plan:01JNOWHERE");
  await until(() => stranger.refusals.length > 0 && lost.refusals.length > 0);
  expect(stranger.refusals).toEqual(lost.refusals);
  expect(stranger.refusals).toEqual(["permission-denied"]);
  stranger.types("让我进去");
  await aWhile();
  expect(stranger.doc.store.clients.size).toBe(1);
  expect(await countLog(room.db, room.docId)).toBe(1);
});

test("a reader sees what is written and cannot write, even by force", async () => {
  const room = await aStaffRoom();
  room.rights.set("wang", "read");
  const li = room.join("li");
  const reader = room.join("wang");
  await li.synced();
  await until(() => reader.provider.synced);
  expect(reader.provider.authorizedScope).toBe("readonly");
  li.types("分数");
  await until(() => reader.sees() === "分数");
  const rows = await countLog(room.db, room.docId);
  reader.types("强写");
  reader.provider.forceSync();
  await aWhile();
  expect(await countLog(room.db, room.docId)).toBe(rows);
  expect(li.sees()).toBe("分数");
  expect(reader.provider.hasUnsyncedChanges).toBe(true);
});

test("rights that change reach those inside, and the new ones hold", async () => {
  const room = await aStaffRoom();
  const li = room.join("li");
  const wang = room.join("wang");
  await li.synced();
  await wang.synced();
  room.rights.set("wang", "read");
  await room.collab.recheck({ personIds: ["wang"] });
  await until(() => wang.closes.some((close) => close.code === 4205), "the socket's end");
  await until(() => wang.provider.authorizedScope === "readonly");
  wang.types("还能写吗");
  await aWhile();
  expect(li.sees()).toBe("");
  room.rights.set("wang", "write");
  await room.collab.recheck({ docNames: [PLAN] });
  await until(() => li.sees() === "还能写吗");
  room.rights.delete("wang");
  await room.collab.recheck({ docIds: [room.docId] });
  await until(() => wang.refusals.length > 0);
  li.types("。");
  await li.saved();
  await aWhile();
  expect(wang.sees()).toBe("还能写吗");
  expect(li.closes).toEqual([]);
});

test("the sweep finds what nobody told, and a session that ended", async () => {
  const room = await aStaffRoom({ sweepEvery: 100 });
  const li = room.join("li");
  const wang = room.join("wang");
  await li.synced();
  await wang.synced();
  room.rights.delete("wang");
  room.people.delete("li");
  await until(() => wang.closes.some((close) => close.code === 4205));
  await until(() => li.closes.some((close) => close.code === 4401));
  await until(() => room.collab.live.find(room.docId) === undefined);
});

test("a change of rights asks once for each session, however many windows are open", async () => {
  const room = await aStaffRoom();
  const pages = Array.from({ length: 5 }, () => room.join("wang"));
  for (const page of pages) await page.synced();
  room.asked.length = 0;
  room.rights.delete("wang");
  await room.collab.recheck();
  expect(room.asked).toEqual(["wang"]);
  await until(() => pages.every(({ closes }) => closes.some(({ code }) => code === 4205)));
});

test("nothing can be broadcast in the server's name, and garbage ends only its sender's socket", async () => {
  const room = await aStaffRoom();
  const li = room.join("li");
  const wang = room.join("wang");
  await li.synced();
  await wang.synced();
  const broadcast = frame(6, (encoder) => encoding.writeVarString(encoder, "假通知"));
  wang.socket.webSocket?.send(broadcast);
  await aWhile();
  expect(li.told).toEqual([]);
  expect(wang.closes).toEqual([]);
  const rows = await countLog(room.db, room.docId);
  const broken = frame(0, (encoder) => {
    encoding.writeVarUint(encoder, 2);
    encoding.writeVarUint8Array(encoder, Uint8Array.of(1, 200, 3, 4, 5));
  });
  wang.socket.webSocket?.send(broken);
  await until(() => wang.closes.some((close) => close.code === 4400));
  expect(li.closes).toEqual([]);
  expect(await countLog(room.db, room.docId)).toBe(rows);
});

test("an update with a hole before it is not let into the log", async () => {
  const room = await aStaffRoom();
  const li = room.join("li");
  await li.synced();
  const elsewhere = new Y.Doc({ gc: false });
  const updates: Uint8Array[] = [];
  elsewhere.on("update", (update: Uint8Array) => updates.push(update));
  for (const letter of "甲乙") elsewhere.getText("t").insert(0, letter);
  const rows = await countLog(room.db, room.docId);
  li.socket.webSocket?.send(frame(0, (encoder) => {
    encoding.writeVarUint(encoder, 2);
    encoding.writeVarUint8Array(encoder, updates[1] ?? new Uint8Array());
  }));
  await until(() => li.closes.some((close) => close.reason === "out-of-step"));
  expect(await countLog(room.db, room.docId)).toBe(rows);
});

test("a server that stops says so, and has written everything", async () => {
  const room = await aStaffRoom();
  const li = room.join("li");
  await li.synced();
  li.types("最后一句");
  await room.collab.close();
  await until(() => li.closes.some((close) => close.code === 1001));
  const { sections: _sections, state } = await room.documents.read(room.docId);
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  expect(li.provider.hasUnsyncedChanges ? "最后一句" : doc.getText("t").toString()).toBe("最后一句");
  expect(await refusedBy(room.port)).toBe(503);
});

function refusedBy(port: number): Promise<number> {
  return handshake(port, { origin: `http://127.0.0.1:${port}`, cookie: "person=li" });
}

function frame(kind: number, write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarString(encoder, PLAN);
  encoding.writeVarUint(encoder, kind);
  write(encoder);
  return encoding.toUint8Array(encoder);
}
