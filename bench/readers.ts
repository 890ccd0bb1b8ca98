import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Bench, Given, Row } from "./bench.ts";
import { openPage, type Page } from "./collab/page.ts";
import { stock } from "./collab/servers.ts";
import { rounded } from "./numbers.ts";
import { memoryOf } from "./process/memory.ts";
import { processorSeconds } from "./process/processor.ts";
import type { Crowd, Heard } from "./readers/crowd.ts";
import { Delays } from "./readers/delays.ts";
import { guestOf, type House, ourHouse, stockHouse } from "./readers/house.ts";
import { sharedNow, written } from "./readers/mark.ts";

/** One that writes quickly, and then many that write slowly. */
const PHASES = [{ writers: "few", perSecond: 3 }, { writers: "many", perSecond: 1 }] as const;
/** What is on the way may arrive for so long after the last change. */
const PATIENCE_MS = 20_000;

interface Phase extends Row {
  p50Ms: number;
  p95Ms: number;
  missing: number;
  rssMiB: number;
  /** Processors that the server had of, on average. */
  cores: number;
}

/** A document that a thousand people follow: how late they see a change, and whether all of them see every one. */
export const readers: Bench = {
  about: "from a writer's change to each of many readers of one document, with one writer and with many",
  options: { readers: 1_000, writers: 60, seconds: 40, processes: 2 },
  async run(given) {
    const own = await measured(await ourHouse(), given);
    const peer = await measured(await stockHouse(), given);
    const [few, many] = [own.few, own.many];
    return {
      ours: { ...few, many, joinCpuMs: own.joinCpuMs, delivered: own.delivered },
      peer: { name: stock.name, version: stock.version, ...peer.few, many: peer.many, joinCpuMs: peer.joinCpuMs, delivered: peer.delivered },
      ratio: { p50Ms: rounded(few.p50Ms / peer.few.p50Ms), p95Ms: rounded(few.p95Ms / peer.few.p95Ms), many: { p50Ms: rounded(many.p50Ms / peer.many.p50Ms), p95Ms: rounded(many.p95Ms / peer.many.p95Ms) } },
      samples: own.delivered,
      broken: own.broken,
    };
  },
};

async function measured(house: House, given: Given) {
  const { option, say } = given;
  const crowds: ChildProcess[] = [];
  const pages: Page[] = [];
  const broken: string[] = [];
  let delivered = 0;
  try {
    const readers = Array.from({ length: option("readers") }, (_, no) => guestOf(house, house.readers, no).cookie);
    const each = Math.ceil(readers.length / option("processes"));
    const [from, spentBefore] = [performance.now(), processorSeconds(house.pid)];
    for (let at = 0; at < readers.length; at += each) crowds.push(await aCrowd({ port: house.port, document: house.document, cookies: readers.slice(at, at + each) }));
    const joinCpuMs = rounded(((processorSeconds(house.pid) - spentBefore) * 1_000) / readers.length);
    say(`${house.name}: ${readers.length} readers are there after ${rounded((performance.now() - from) / 1_000, 1)} s, ${joinCpuMs} ms of the processor each`);
    const phases: Phase[] = [];
    for (const [no, { writers, perSecond }] of PHASES.entries()) {
      while (pages.length < (writers === "few" ? 1 : option("writers"))) pages.push(await openPage(house.port, guestOf(house, house.writers, pages.length)));
      const [began, spent] = [performance.now(), processorSeconds(house.pid)];
      const sent = await write(pages, no, perSecond, given);
      const wanted = sent * readers.length;
      const heard = await everythingHeard(crowds, no, wanted);
      const cores = rounded((processorSeconds(house.pid) - spent) / ((performance.now() - began) / 1_000));
      delivered += heard.inOrder;
      if (heard.inOrder !== wanted || heard.outOfOrder > 0) broken.push(`with ${writers} writers ${wanted - heard.inOrder} of ${wanted} deliveries are missing, ${heard.outOfOrder} out of order`);
      phases.push({ p50Ms: rounded(heard.delays.quantile(0.5)), p95Ms: rounded(heard.delays.quantile(0.95)), missing: wanted - heard.inOrder, rssMiB: memoryOf(house.pid).nowMiB, cores });
      say(`${house.name}: ${JSON.stringify(phases.at(-1))} at ${sent} changes`);
    }
    const [few, many] = phases;
    if (!few || !many) throw new Error("both phases are measured");
    return { few, many, joinCpuMs, delivered, broken };
  } finally {
    for (const page of pages) page.close();
    for (const crowd of crowds) crowd.kill();
    await house.stop();
  }
}

/** @returns how many changes were made */
async function write(pages: readonly Page[], phase: number, perSecond: number, { option, random }: Given): Promise<number> {
  const until = performance.now() + option("seconds") * 1_000;
  let sent = 0;
  await Promise.all(
    pages.map(async ({ doc }, writer) => {
      const between = 1_000 / perSecond;
      await pause(random() * between);
      for (let no = 0; performance.now() < until; no += 1) {
        doc.getArray<string>("readers").push([written({ phase, writer, no, at: sharedNow() })]);
        sent += 1;
        await pause(between * (0.5 + random()));
      }
    }),
  );
  return sent;
}

async function everythingHeard(crowds: readonly ChildProcess[], phase: number, wanted: number) {
  for (const until = performance.now() + PATIENCE_MS; ; await pause(250)) {
    const told = await Promise.all(crowds.map((crowd) => heardBy(crowd, phase)));
    const inOrder = told.reduce((sum, one) => sum + one.inOrder, 0);
    if (inOrder < wanted && performance.now() < until) continue;
    const delays = new Delays();
    for (const one of told) delays.addAll(one.delays);
    return { inOrder, outOfOrder: told.reduce((sum, one) => sum + one.outOfOrder, 0), delays };
  }
}

async function aCrowd(crowd: Crowd): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, "readers/crowd.ts"), [JSON.stringify(crowd)], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  await Promise.race([once(child, "message"), once(child, "exit").then(() => Promise.reject(new Error("the readers ended while they came")))]);
  return child;
}

async function heardBy(crowd: ChildProcess, phase: number): Promise<Heard> {
  const answer = once(crowd, "message");
  crowd.send(phase);
  return ((await answer) as [Heard])[0]; // as `crowd.ts` sends it
}
