import { setTimeout as pause } from "node:timers/promises";
import type { Bench, Given } from "./bench.ts";
import { openPage, type Page } from "./collab/page.ts";
import { memoryOf } from "./process/memory.ts";
import { cookiesOf, plansOf, provinceFolder, provinceServer } from "./province/house.ts";
import { provinceId } from "./province/plan.ts";
import type { Running } from "#tests/e2e/running.ts";
import { load, nothingTold, type Told } from "./web/load.ts";

const GOAL_MIB = 250;
const SEARCHERS = 20;

/** What the server has in memory on a whole province: at rest after its start, under readers and writers, and at rest again with documents open. */
export const memory: Bench = {
  about: "memory of the server with the province, without LiveKit",
  options: { percent: 100, seconds: 30, restSeconds: 40, documents: 50, connections: 2 },
  async run(given) {
    const { option, say } = given;
    const folder = await provinceFolder(option("percent"), say);
    const server = await provinceServer(folder);
    const pages: Page[] = [];
    try {
      await pause(option("restSeconds") * 1_000);
      const idle = memoryOf(server.pid);
      say(`at rest after the start: ${idle.nowMiB} MiB, at most ${idle.peakMiB}`);
      const answers = await beUsed(server, pages, given);
      await pause(option("restSeconds") * 1_000);
      const loaded = memoryOf(server.pid);
      return {
        ours: { idleMiB: idle.nowMiB, idleOfFilesMiB: idle.ofFilesMiB, loadedMiB: loaded.nowMiB, loadedOfFilesMiB: loaded.ofFilesMiB, peakMiB: loaded.peakMiB, answers: answers.answers, errors: answers.errors, documents: pages.length },
        peer: null,
        ratio: { idleOfGoal: Math.round((idle.nowMiB / GOAL_MIB) * 100) / 100 },
        samples: answers.answers,
        broken: [...(answers.errors > 0 ? [`${answers.errors} answers were not a page`] : []), ...(answers.answers === 0 ? ["nothing was answered"] : [])],
      };
    } finally {
      for (const page of pages) page.close();
      await server.stop();
    }
  },
};

/** Visitors and members read pages and search, and plans are open in pages of their owners. */
async function beUsed(server: Running, pages: Page[], { option }: Given): Promise<Told> {
  const plans = plansOf(server, option("documents"));
  const cookies = await cookiesOf(server, plans.map((plan) => plan.ownerId));
  for (const [no, plan] of plans.entries()) pages.push(await openPage(server.port, { cookie: cookies[no] ?? "", document: `plan:${plan.id}` }));
  const told = nothingTold();
  const [largest, member] = [provinceId("studi", 0), { cookie: cookies[0] ?? "" }];
  const asked: readonly [string, Record<string, string>][] = [
    [`/studios/${largest}`, {}], ["/resources?q=%E5%88%86%E6%95%B0", {}], ["/studios", {}],
    ["/", member], [`/studios/${largest}`, member],
    // By several: one person may search twice a second and no more.
    ...cookies.slice(0, SEARCHERS).map((cookie): [string, Record<string, string>] => ["/resources?q=%E9%9D%A2%E7%A7%AF", { cookie }]),
  ];
  await Promise.all(asked.map(([path, headers]) => load(server.url, path, headers, { connections: option("connections"), seconds: option("seconds") }, told)));
  for (const [no, page] of pages.entries()) page.doc.getArray<number>("memory").push([no]);
  return told;
}
