import { expect, test } from "vitest";
import { openWriter, pause, settled, type Writer } from "./editor-harness/browser.ts";
import { aStaffRoomInTheBrowser, eventually, section } from "./editor-harness/two-writers.ts";

const { server, browser, twoWriters } = aStaffRoomInTheBrowser();

const state = (writer: Writer) => writer.page.evaluate(() => window.page.plan.state());
const status = async (writer: Writer) => (await state(writer)).status;
const becomes = (writer: Writer, wanted: string) => eventually(() => status(writer), (now) => now === wanted, 15_000);
const caretAt = (writer: Writer, block: number, offset: number) => writer.page.evaluate(([s, b, o]) => window.page.setCaret(s, b, o), [section, block, offset] as const);
const leave = (...writers: Writer[]) => Promise.all(writers.map(({ context }) => context.close()));

test("saved is said when the server has committed, and not before", async () => {
  const { lin, he } = await twoWriters(["分数的意义"]);
  expect(await becomes(lin, "saved")).toBe("saved");
  const letGo = server().holdBack();
  await caretAt(lin, 0, 5);
  await lin.page.keyboard.type("，再");
  expect(await becomes(lin, "saving")).toBe("saving");
  await pause(900);
  expect(await status(lin)).toBe("saving");
  expect(await he.texts(section)).toEqual(["分数的意义"]);
  letGo();
  expect(await becomes(lin, "saved")).toBe("saved");
  expect(await settled([lin, he], section)).toEqual([["分数的意义，再"], ["分数的意义，再"]]);
  await leave(lin, he);
});

test("what is typed while the line is down is sent when it is back, and the page says so once", async () => {
  const { lin, he } = await twoWriters(["分数的意义"]);
  await becomes(lin, "saved");
  server().cut();
  expect(await becomes(lin, "offline")).toBe("offline");
  await caretAt(lin, 0, 5);
  await lin.page.keyboard.type("：线下写的");
  await caretAt(he, 0, 0);
  await he.page.keyboard.type("认识");
  expect(await status(lin)).toBe("offline");
  server().mend();
  expect(await becomes(lin, "saved")).toBe("saved");
  expect(await settled([lin, he], section)).toEqual([["认识分数的意义：线下写的"], ["认识分数的意义：线下写的"]]);
  expect((await state(lin)).resent).toBe(true);
  await lin.page.evaluate(() => window.page.plan.resentSeen());
  await pause(300);
  expect((await state(lin)).resent).toBe(false);
  await leave(lin, he);
});

test("whoever goes on typing while the line comes back is not turned away: all of it arrives, once", async () => {
  const { lin, he } = await twoWriters(["分数的意义"]);
  await becomes(lin, "saved");
  server().cut();
  await becomes(lin, "offline");
  await caretAt(lin, 0, 5);
  await lin.page.keyboard.type("：线下写的");
  const door = server().holdDoor();
  server().mend();
  await door.asked;
  await lin.page.keyboard.type("，接着写");
  door.letGo();
  expect(await becomes(lin, "saved")).toBe("saved");
  await lin.page.keyboard.type("。");
  expect(await eventually(() => he.texts(section), ([text]) => text?.endsWith("。") === true)).toEqual(["分数的意义：线下写的，接着写。"]);
  expect(await becomes(lin, "saved")).toBe("saved");
  await leave(lin, he);
});

test("what was typed offline outlives the page: opened again, it is there and is sent", async () => {
  const { lin, he, doc } = await twoWriters(["分数的意义"]);
  await becomes(lin, "saved");
  server().cut();
  await becomes(lin, "offline");
  await caretAt(lin, 0, 5);
  await lin.page.keyboard.type("：还在");
  await pause(400);
  await lin.page.close({ runBeforeUnload: false });
  const again = await openWriter(browser(), server(), "lin", doc, lin.context);
  expect(await again.texts(section)).toEqual(["分数的意义：还在"]);
  server().mend();
  expect(await becomes(again, "saved")).toBe("saved");
  expect((await state(again)).resent).toBe(true);
  expect(await eventually(() => he.texts(section), ([text]) => text !== "分数的意义")).toEqual(["分数的意义：还在"]);
  await leave(lin, he);
});

test("another person on the same computer neither sees nor sends it", async () => {
  const { lin, he, doc } = await twoWriters(["分数的意义"]);
  await becomes(lin, "saved");
  server().cut();
  await becomes(lin, "offline");
  await caretAt(lin, 0, 5);
  await lin.page.keyboard.type("：林的草稿");
  await pause(400);
  await lin.page.close({ runBeforeUnload: false });
  server().mend();
  await lin.context.addCookies([{ name: "person", value: "he", url: server().url }]);
  const next = await openWriter(browser(), server(), "he", doc, lin.context);
  await becomes(next, "saved");
  expect(await next.texts(section)).toEqual(["分数的意义"]);
  await leave(lin, he);
});

test("signed out: it says so and keeps the text; signed in again, it goes on by itself", async () => {
  const { lin, he } = await twoWriters(["分数的意义"]);
  await becomes(lin, "saved");
  server().session.signedIn = false;
  server().cut();
  server().mend();
  expect(await becomes(lin, "refused")).toBe("refused");
  expect((await state(lin)).why).toBe("signed-out");
  await caretAt(lin, 0, 5);
  await lin.page.keyboard.type("！");
  server().session.signedIn = true;
  await lin.page.evaluate(() => void window.dispatchEvent(new Event("focus")));
  expect(await becomes(lin, "saved")).toBe("saved");
  expect(await lin.texts(section)).toEqual(["分数的意义！"]);
  await leave(lin, he);
});

test("text under another person's id is refused: it says so and keeps a copy to download", async () => {
  const { lin, he, doc } = await twoWriters(["分数的意义"]);
  await caretAt(lin, 0, 5);
  await lin.page.keyboard.type("林");
  await settled([lin, he], section);
  const theirs = await lin.page.evaluate((s) => window.page.clientOf(s), section);
  await he.page.evaluate(([s, client]) => window.page.forge(s, client), [section, theirs] as const);
  expect(await becomes(he, "refused")).toBe("refused");
  expect(server().takeFaults()).toEqual([`refusing an update of ${doc} by he: update refused: forged-author`]);
  const { why, setAside } = await state(he);
  expect(why).toBe("rejected");
  expect(setAside).toContain("分数的意义林");
  expect(await lin.texts(section)).toEqual(["分数的意义林"]);
  await leave(lin, he);
});

test("after a restored backup the older copy does not flow back, and is offered to download", async () => {
  const { lin, he, doc } = await twoWriters(["分数的意义"]);
  await becomes(lin, "saved");
  server().cut();
  await becomes(lin, "offline");
  await caretAt(lin, 0, 5);
  await lin.page.keyboard.type("：旧的一份");
  await pause(400);
  await lin.page.close({ runBeforeUnload: false });
  server().mend();
  const again = await openWriter(browser(), server(), "lin", doc, lin.context, 2);
  await becomes(again, "saved");
  expect(await again.texts(section)).toEqual(["分数的意义"]);
  expect((await eventually(() => state(again), ({ setAside }) => setAside !== null)).setAside).toContain("分数的意义：旧的一份");
  await leave(lin, he);
});

test("who may only read sees others write, writes nothing, and is told so", async () => {
  const { lin, he, doc } = await twoWriters(["分数的意义"]);
  const zhou = await openWriter(browser(), server(), "zhou", doc);
  expect(await becomes(zhou, "readonly")).toBe("readonly");
  await caretAt(lin, 0, 5);
  await lin.page.keyboard.type("！");
  expect((await settled([lin, zhou], section))[1]).toEqual(["分数的意义！"]);
  expect(await zhou.page.locator(".plan-text").first().getAttribute("contenteditable")).toBe("false");
  await leave(lin, he, zhou);
});
