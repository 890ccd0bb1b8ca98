import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Bench, Given } from "./bench.ts";
import { diskTimes } from "./collab/disk.ts";
import { openPage } from "./collab/page.ts";
import { type DocServer, ours, stock } from "./collab/servers.ts";
import { quantile, rounded } from "./numbers.ts";

interface Told {
  late: number[];
  expected: number;
}

/** How long a change needs from one page to all the others. The servers take turns, so that what else the machine does meets both. */
export const propagation: Bench = {
  about: "from one page's change to every other page",
  options: { clients: 10, turns: 6, seconds: 5, perSecond: 2 },
  async run(given) {
    const folder = mkdtempSync(join(tmpdir(), "tongyan-propagation-"));
    const servers = [await ours.start(join(folder, "ours.sqlite")), await stock.start(join(folder, "stock.sqlite"))] as const;
    try {
      const [we, they]: [Told, Told] = [{ late: [], expected: 0 }, { late: [], expected: 0 }];
      const diskMs: number[] = [];
      for (let turn = 0; turn < given.option("turns"); turn += 1) {
        await aTurn(servers[0], we, `t${turn}`, given);
        await aTurn(servers[1], they, `t${turn}`, given);
        diskMs.push(...(await diskTimes(join(folder, "disk"), 50)));
      }
      const [own, peer] = [rowOf(we), rowOf(they)];
      const [diskP50Ms, diskP95Ms] = [rounded(quantile(diskMs, 0.5)), rounded(quantile(diskMs, 0.95))];
      return {
        ours: { ...own, diskP50Ms, diskP95Ms },
        peer: { name: stock.name, version: stock.version, ...peer },
        ratio: { p50Ms: rounded(own.p50Ms / peer.p50Ms), p95Ms: rounded(own.p95Ms / peer.p95Ms), p50MsToPeerAndDisk: rounded(own.p50Ms / (peer.p50Ms + diskP50Ms)) },
        samples: own.deliveries,
        broken: own.missing > 0 || own.deliveries === 0 ? [`${own.missing} of ${we.expected} deliveries are missing`] : [],
      };
    } finally {
      for (const server of servers) await server.kill();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function aTurn(server: DocServer, told: Told, root: string, given: Given): Promise<void> {
  const pages = await Promise.all(Array.from({ length: given.option("clients") }, (_, index) => openPage(server.port, `w${index}`)));
  const before = told.late.length;
  for (const { doc } of pages) {
    doc.getArray<number>(root).observe((event, transaction) => {
      if (transaction.local) return;
      for (const { insert } of event.changes.delta) for (const at of (insert ?? []) as number[]) told.late.push(performance.now() - at);
    });
  }
  let written = 0;
  const until = performance.now() + given.option("seconds") * 1_000;
  await Promise.all(
    pages.map(async ({ doc }) => {
      const between = 1_000 / given.option("perSecond");
      await pause(given.random() * between);
      while (performance.now() < until) {
        doc.getArray<number>(root).push([performance.now()]);
        written += 1;
        await pause(between * (0.5 + given.random()));
      }
    }),
  );
  const expected = written * (pages.length - 1);
  for (const end = performance.now() + 5_000; told.late.length - before < expected && performance.now() < end; ) await pause(20);
  told.expected += expected;
  for (const page of pages) page.close();
}

function rowOf({ late, expected }: Told) {
  return { p50Ms: rounded(quantile(late, 0.5)), p95Ms: rounded(quantile(late, 0.95)), deliveries: late.length, missing: expected - late.length };
}
