import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDb } from "#db/open.ts";
import { engine } from "#db/dialect.ts";
import { type Bench, NotThere } from "./bench.ts";
import { quantile, rounded } from "./numbers.ts";
import type { Ground } from "./province/ground.ts";
import { type Served, serve } from "./province/served.ts";
import { nameOf } from "./province/words.ts";
import { listen } from "./queries/heard.ts";
import { fillTwo } from "./studio/fill.ts";

const SMALL = 30;

/** A studio's home and the search among its members, for its master, a trainee and a visitor: the same work whatever its size. */
export const studio: Bench = {
  about: "a studio's home and the search among its members, small and large",
  options: { members: 12_500, rounds: 60 },
  async run({ option, say }) {
    if (engine !== "sqlite") throw new NotThere("this bench hears the statements of SQLite; unset DATABASE_URL");
    process.env.NODE_ENV ??= "production";
    const folder = mkdtempSync(join(tmpdir(), "tongyan-studio-"));
    const database = join(folder, "studio.sqlite");
    try {
      const open = await openDb(database);
      const ground = await fillTwo(open.db, [option("members"), SMALL], new Date());
      await open.close();
      say(`${option("members")} and ${SMALL} members`);
      const [large, small] = [placeOf(ground, 0), placeOf(ground, 1)];
      const served = await serve({ folder, database }, async () => [...large.people, ...small.people]);
      try {
        const [statementsLarge, statementsSmall] = [await statementsAt(served, large), await statementsAt(served, small)];
        const [home, search, homeSmall, searchSmall]: [Taken[], Taken[], Taken[], Taken[]] = [[], [], [], []];
        for (let round = 0; round < option("rounds"); round += 1) {
          for (const [place, homes, searches] of [[large, home, search], [small, homeSmall, searchSmall]] as const) {
            for (const who of [...place.people, null]) homes.push(await timed(served, who, place.home));
            searches.push(await timed(served, place.people[0] ?? null, `${place.members}?name=${encodeURIComponent(nameOf(round * 7).slice(0, 1 + (round % 2)))}`));
          }
        }
        const p95 = (taken: readonly Taken[], of: keyof Taken = "ms") => rounded(quantile(taken.map((one) => one[of]), 0.95));
        return {
          ours: { homeP95Ms: p95(home), memberSearchP95Ms: p95(search), homeSmallP95Ms: p95(homeSmall), memberSearchSmallP95Ms: p95(searchSmall), homeCpuP95Ms: p95(home, "cpuMs"), memberSearchCpuP95Ms: p95(search, "cpuMs"), statementsSmall, statementsLarge },
          peer: null,
          ratio: { homeCpuP95Ms: rounded(p95(home, "cpuMs") / p95(homeSmall, "cpuMs")), memberSearchCpuP95Ms: rounded(p95(search, "cpuMs") / p95(searchSmall, "cpuMs")) },
          samples: 2 * (home.length + search.length),
          broken: statementsSmall === statementsLarge ? [] : [`${statementsSmall} statements at ${SMALL} members, ${statementsLarge} at ${option("members")}`],
        };
      } finally {
        await served.close();
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

interface Place {
  home: string;
  members: string;
  /** Its master and a trainee. */
  people: readonly string[];
}

function placeOf({ studio: idOf, master, onSeat, starts }: Ground, n: number): Place {
  const home = `/studios/${idOf(n)}`;
  return { home, members: `${home}/members`, people: [master(n), onSeat((starts[n + 1] ?? 0) - 1)] };
}

/** How many statements its home, its members and a search among them take, as its master. */
async function statementsAt(served: Served, { home, members, people }: Place): Promise<number> {
  const [master = null] = people;
  await served.settled();
  const { heard, stop } = listen();
  for (const address of [home, members, `${members}?name=${encodeURIComponent("王")}`]) await timed(served, master, address);
  stop();
  // Work that comes due by the clock is not of these pages.
  return [...heard.values()].filter(({ sql }) => !sql.includes('"jobs"')).reduce((sum, { ms }) => sum + ms.length, 0);
}

interface Taken {
  ms: number;
  /** Of the processor's time; asking included, as the bench and the server are one process. */
  cpuMs: number;
}

async function timed(served: Served, who: string | null, address: string): Promise<Taken> {
  const [from, worked] = [performance.now(), process.cpuUsage()];
  const { status } = await served.ask(who, address);
  const { user, system } = process.cpuUsage(worked);
  if (status !== 200) throw new Error(`${address} answers ${status}`);
  return { ms: performance.now() - from, cpuMs: (user + system) / 1_000 };
}
