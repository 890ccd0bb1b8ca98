import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Bench, Given } from "./bench.ts";
import { diskTimes } from "./collab/disk.ts";
import { openPage } from "./collab/page.ts";
import { type DocServer, type Maker, ours, stock } from "./collab/servers.ts";
import { writer } from "./collab/writer.ts";
import { quantile, rounded } from "./numbers.ts";

interface Counted {
  acknowledged: number;
  lost: number;
  doubled: number;
  ackMs: number[];
  recoveryMs: number[];
}

/** Kills the server while several people type, starts it again, and looks for every change that was acknowledged. */
export const durability: Bench = {
  about: "what was acknowledged is there after kill -9, once",
  options: { rounds: 200, writers: 10 },
  async run(given) {
    const folder = mkdtempSync(join(tmpdir(), "tongyan-durability-"));
    try {
      const diskMs: number[] = [];
      const [we, they] = [await contender(ours, join(folder, "ours.sqlite")), await contender(stock, join(folder, "stock.sqlite"))];
      for (let round = 0; round < given.option("rounds"); round += 1) {
        await we.round(round, given);
        await they.round(round, given);
        diskMs.push(...(await diskTimes(join(folder, "disk"), 10)));
        if (round % 20 === 19) given.say(`${round + 1} rounds: ours lost ${we.counted.lost} of ${we.counted.acknowledged}, stock ${they.counted.lost} of ${they.counted.acknowledged}`);
      }
      await we.end();
      await they.end();
      const [own, peer] = [rowOf(we.counted, given), rowOf(they.counted, given)];
      const diskP50Ms = rounded(quantile(diskMs, 0.5));
      return {
        ours: { ...own, diskP50Ms },
        peer: { name: stock.name, version: stock.version, ...peer },
        ratio: { ackP50Ms: rounded(own.ackP50Ms / peer.ackP50Ms), ackP95Ms: rounded(own.ackP95Ms / peer.ackP95Ms), ackP50MsToPeerAndDisk: rounded(own.ackP50Ms / (peer.ackP50Ms + diskP50Ms)) },
        samples: own.acknowledged,
        broken: [...(own.lost > 0 ? [`${own.lost} acknowledged changes are lost`] : []), ...(own.doubled > 0 ? [`${own.doubled} changes are there twice`] : []), ...(own.acknowledged === 0 ? ["nothing was acknowledged"] : [])],
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function contender(maker: Maker, file: string) {
  const counted: Counted = { acknowledged: 0, lost: 0, doubled: 0, ackMs: [], recoveryMs: [] };
  let server: DocServer = await maker.start(file);
  const round = async (no: number, given: Given) => {
    const pages = await Promise.all(Array.from({ length: given.option("writers") }, (_, index) => openPage(server.port, `w${index}`)));
    const writers = pages.map((page, index) => writer(page, `r${no}.w${index}`, given.random, (ms) => counted.ackMs.push(ms)));
    await pause(150 + given.random() * 500);
    await server.kill();
    const promised = writers.map((one) => one.stop());
    for (const page of pages) page.close();
    const from = performance.now();
    server = await maker.start(file);
    const reader = await openPage(server.port, "reader");
    counted.recoveryMs.push(performance.now() - from);
    promised.forEach((acknowledged, index) => {
      const kept = reader.doc.getArray<number>(`r${no}.w${index}`).toArray();
      const there = new Set(kept);
      counted.acknowledged += acknowledged;
      counted.doubled += kept.length - there.size;
      for (let one = 0; one < acknowledged; one += 1) if (!there.has(one)) counted.lost += 1;
    });
    reader.close();
  };
  return { counted, round, end: () => server.kill() };
}

function rowOf({ acknowledged, lost, doubled, ackMs, recoveryMs }: Counted, given: Given) {
  return { rounds: given.option("rounds"), acknowledged, lost, doubled, ackP50Ms: rounded(quantile(ackMs, 0.5)), ackP95Ms: rounded(quantile(ackMs, 0.95)), recoveryMs: rounded(quantile(recoveryMs, 0.5), 0) };
}
