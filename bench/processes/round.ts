import { setTimeout as pause } from "node:timers/promises";
import * as Y from "yjs";
import notices from "#app/i18n/zh-CN/notices.ts";
import { readLog } from "#db/documents.ts";
import { openFrontDoor } from "#tests/processes/programs.ts";
import { openPage, type Page } from "../collab/page.ts";
import { writer } from "../collab/writer.ts";
import { PASSWORD, type Platform, type Process, STUDIO } from "./house.ts";

/** Of all rounds: milliseconds, one or several of each round. */
export interface Times {
  changeMs: number[];
  sessionMs: number[];
  socketMs: number[];
  rightsMs: number[];
  noticeMs: number[];
  otherGoesOnMs: number[];
  reconnectedMs: number[];
}

export interface Promises {
  acknowledged: number;
  lost: number;
  doubled: number;
}

/** What has not come after this long counts as having taken it. */
const PATIENCE_MS = 90_000;
const CHANGES = 5;
const SESSION_EVERY_MS = 20;
const NOTICE_EVERY_MS = 50;
/** Of a notice, what stands in it whatever it is about. */
const NOTICE = /席位结束了/;
if (!NOTICE.test(notices.seatEnded)) throw new Error("a seat that ends is told in other words");

/** Everything once: acts at the process that stays are looked for at the one that dies, then that one is killed while both people write. */
export async function round(no: number, platform: Platform, times: Times, promises: Promises, random: () => number): Promise<void> {
  const [stays, dies] = no % 2 === 0 ? platform.processes : ([...platform.processes].reverse() as [Process, Process]); // of two
  const [cookieHere, cookieThere] = platform.writers;
  const document = platform.plan.name;
  const door = await openFrontDoor([dies.port, stays.port], "order");
  const here = await openPage(stays.port, { cookie: cookieHere, document });
  const there = await openPage(door.port, { cookie: cookieThere, document });
  try {
    for (let change = 0; change < CHANGES; change += 1) {
      times.changeMs.push(await changeArrives(here, there, `r${no}.to`, change));
      times.changeMs.push(await changeArrives(there, here, `r${no}.fro`, change));
    }
    await sessionEnds(platform, stays, dies, times);
    await seatEnds(platform, stays, dies, times);

    const ackAt: { typedAt: number; at: number }[] = [];
    const typing = writer(here, `r${no}.here`, random, (ms) => ackAt.push({ typedAt: performance.now() - ms, at: performance.now() }));
    const cutOff = writer(there, `r${no}.there`, random);
    await pause(300 + random() * 500);
    const promisedThere = cutOff.stop();
    const typedBefore = here.doc.getArray(`r${no}.here`).length;
    const killedAt = performance.now();
    // Read before anybody is back: a page brings again what is missing of its own.
    const atOnce = dies.kill().then(() => inTheLog(platform));
    there.doc.getArray<number>(`r${no}.back`).push([0]);
    times.otherGoesOnMs.push((await until(() => ackAt.find(({ typedAt }) => typedAt >= killedAt)?.at)) - killedAt);
    times.reconnectedMs.push((await until(() => (there.unacknowledged() === 0 && there.doc.getArray(`r${no}.here`).length > typedBefore ? performance.now() : undefined))) - killedAt);
    const promisedBack = there.unacknowledged() === 0 ? 1 : 0;
    const promisedHere = typing.stop();
    const [left, kept] = [await atOnce, await inTheLog(platform)];
    for (const [list, promised, log] of [["to", CHANGES, left], ["fro", CHANGES, left], ["there", promisedThere, left], ["here", promisedHere, kept], ["back", promisedBack, kept]] as const) {
      const name = `r${no}.${list}`;
      const known = new Set(log.getArray<number>(name).toArray());
      promises.acknowledged += promised;
      for (let one = 0; one < promised; one += 1) if (!known.has(one)) promises.lost += 1;
      const all = kept.getArray<number>(name).toArray();
      promises.doubled += all.length - new Set(all).size;
    }
  } finally {
    here.close();
    there.close();
    door.close();
  }
  await dies.start();
}

/** What the database holds of the plan; what builds on something that is missing does not count. */
async function inTheLog({ db, plan }: Platform): Promise<Y.Doc> {
  const doc = new Y.Doc({ gc: false });
  for (const update of await readLog(db, plan.docId)) Y.applyUpdate(doc, update);
  return doc;
}

/** From the change of one to the page of the other; it is acknowledged when this returns. */
async function changeArrives(from: Page, to: Page, list: string, value: number): Promise<number> {
  const since = performance.now();
  const arrived = new Promise<number>((resolve) => {
    const look = () => {
      if (to.doc.getArray(list).length <= value) return;
      to.doc.off("update", look);
      resolve(performance.now());
    };
    to.doc.on("update", look);
  });
  from.doc.getArray<number>(list).push([value]);
  const ms = (await atMost(arrived)) - since;
  await until(() => (from.unacknowledged() === 0 ? 0 : undefined));
  return ms;
}

/** A password is changed on one device: the session of the other is refused, and its document closes. */
async function sessionEnds({ member, plan }: Platform, acting: Process, watching: Process, times: Times): Promise<void> {
  const [device, other] = (await member()).cookies;
  const page = await openPage(watching.port, { cookie: other, document: plan.name });
  const closed = closing(page);
  const isIn = async () => (await fetch(`${watching.url}/me`, { headers: { cookie: other }, redirect: "manual" })).status === 200;
  if (!(await isIn())) throw new Error("the session is none before it ends");
  const refused = asking(SESSION_EVERY_MS, async () => !(await isIn()));
  const since = await act(`${acting.url}/me/password`, acting.url, device, { oldPassword: PASSWORD, password: "春天里的二十四节气" });
  times.sessionMs.push(Math.max(0, (await refused) - since));
  times.socketMs.push(Math.max(0, (await closed) - since));
  page.close();
}

/** A seat ends: the document that it opened closes, and whose it was is told. */
async function seatEnds({ member, plan, master }: Platform, acting: Process, watching: Process, times: Times): Promise<void> {
  const { seatId, cookies } = await member();
  const [cookie] = cookies;
  const page = await openPage(watching.port, { cookie, document: plan.name });
  const closed = closing(page);
  const isTold = async () => NOTICE.test(await (await fetch(`${watching.url}/inbox`, { headers: { cookie } })).text());
  if (await isTold()) throw new Error("the notice is there before the seat ends");
  const told = asking(NOTICE_EVERY_MS, isTold);
  const since = await act(`${acting.url}/studios/${STUDIO}/members/${seatId}/end`, acting.url, master, { reason: "" });
  times.rightsMs.push(Math.max(0, (await closed) - since));
  times.noticeMs.push(Math.max(0, (await told) - since));
  page.close();
}

/** @returns when it was answered */
async function act(url: string, origin: string, cookie: string, form: Record<string, string>): Promise<number> {
  const { status } = await fetch(url, { method: "POST", redirect: "manual", headers: { origin, cookie }, body: new URLSearchParams(form) });
  if (status !== 302) throw new Error(`${new URL(url).pathname} was not done: ${status}`);
  return performance.now();
}

/** @returns when the line was closed */
function closing(page: Page): Promise<number> {
  return atMost(new Promise((resolve) => page.onClosed(() => resolve(performance.now()))));
}

/** Asks until it is so. @returns when that question was answered */
async function asking(everyMs: number, question: () => Promise<boolean>): Promise<number> {
  for (const giveUp = performance.now() + PATIENCE_MS; performance.now() < giveUp; await pause(everyMs)) if (await question()) break;
  return performance.now();
}

/** Looks until there is an answer. @returns it, or the moment in which it is given up */
async function until(answer: () => number | undefined): Promise<number> {
  for (const giveUp = performance.now() + PATIENCE_MS; performance.now() < giveUp; await pause(1)) {
    const found = answer();
    if (found !== undefined) return found;
  }
  return performance.now();
}

function atMost(moment: Promise<number>): Promise<number> {
  return Promise.race([moment, pause(PATIENCE_MS, undefined, { ref: false }).then(() => performance.now())]);
}
