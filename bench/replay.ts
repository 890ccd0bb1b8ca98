import { cpSync, existsSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { and, eq, isNull, ne } from "drizzle-orm";
import { everything } from "#app/search/index-document.server.ts";
import { openDb } from "#db/open.ts";
import { resources, seats, studios, visitsDaily } from "#db/schema/index.ts";
import { reindex } from "#search/reindex.ts";
import { openSqliteSearch } from "#search/sqlite.ts";
import { type Running, running } from "#tests/e2e/running.ts";
import type { Bench } from "./bench.ts";
import { quantile, rounded } from "./numbers.ts";
import { processorSeconds } from "./process/processor.ts";
import { SECRET, signedInAs } from "./province/accounts.ts";
import { PROVINCE_FOLDER, provinceAddress } from "./province/address.ts";
import { copyProvince, type ProvinceCopy } from "./province/copy.ts";
import { provinceId } from "./province/plan.ts";
import { send } from "./replay/crowd.ts";
import type { Places } from "./replay/mix.ts";

/** Of the largest studio: those who sign in. */
const MEMBERS = 200;
/** At a quarter of the rate, before anything is measured. */
const WARM_S = 20;
/** How far the visits that were counted may be from those that were made. */
const WRONG = 0.01;

/** The peak day's mix on the province, at a rate that waits for nobody: 80 % read by visitors, 15 % by members, 5 % looked for. */
export const replay: Bench = {
  about: "the pages of the peak day, skewed to the largest studios, at a fixed rate",
  options: { minutes: 10, rate: 440, data: PROVINCE_FOLDER },
  async run({ option, word, random, say }) {
    const copy = copyProvince(word("data"));
    // The name by which the server finds it in its data folder.
    const database = join(copy.folder, "demo.sqlite");
    renameSync(copy.database, database);
    try {
      const { places, sessions } = await prepare(copy, database, word("data"));
      say(`${sessions.length} members are signed in, the search index is made`);
      const server = await running({ mode: "empty", dataDir: copy.folder, env: { SECRET } });
      const seconds = option("minutes") * 60;
      const crowd = { url: server.url, places, sessions, random };
      const warming = await send(crowd, option("rate") / 4, Math.min(WARM_S, seconds)).catch(ended(server));
      const before = processorSeconds(server.pid);
      const told = await send(crowd, option("rate"), seconds).catch(ended(server));
      const cpuMsAPage = rounded(((processorSeconds(server.pid) - before) * 1_000) / told.pages);
      await server.stop();
      const visits = warming.visits + told.visits;
      const visitsCounted = await visitsIn(database);
      return {
        ours: { pages: told.pages, errors: told.errors, p50Ms: rounded(quantile(told.ms, 0.5)), p95Ms: rounded(quantile(told.ms, 0.95)), cpuMsAPage, visits, visitsCounted },
        peer: null,
        ratio: { visitsCounted: rounded(visitsCounted / visits, 4) },
        samples: told.pages,
        broken: [...(told.errors > 0 ? [`${told.errors} answers were not a page`] : []), ...(Math.abs(visitsCounted - visits) > WRONG * visits ? [`${visitsCounted} visits counted of ${visits}`] : [])],
      };
    } finally {
      copy.remove();
    }
  },
};

/** Signs members in and makes the search index, while no server runs. The index stays beside the province for the next time. */
async function prepare({ folder }: ProvinceCopy, database: string, data: string): Promise<{ places: Places; sessions: string[] }> {
  const open = await openDb(database);
  const { db } = open;
  const [largest] = await db.select({ id: studios.id }).from(studios).orderBy(studios.id).limit(1);
  const members = await db.select({ personId: seats.personId }).from(seats).where(and(eq(seats.studioId, largest?.id ?? ""), isNull(seats.to))).orderBy(seats.id).limit(MEMBERS);
  const sessions = [...(await signedInAs(open, "http://localhost", members.map(({ personId }) => personId))).values()];
  const index = join(provinceAddress(data), "../search-of-province");
  if (!existsSync(index) || statSync(index).mtimeMs < statSync(provinceAddress(data)).mtimeMs) {
    rmSync(index, { recursive: true, force: true });
    const search = openSqliteSearch({ folder: `${index}.unfinished` });
    await reindex(search, everything(db));
    await search.close();
    renameSync(`${index}.unfinished`, index);
  }
  cpSync(index, join(folder, "search"), { recursive: true });
  const read = await db.select({ id: resources.id }).from(resources).where(and(eq(resources.state, "published"), ne(resources.licence, "studio_only"))).orderBy(resources.id);
  const places = { studios: await db.$count(studios), studio: (n: number) => provinceId("studi", n), resources: read.length, resource: (n: number) => read[n]?.id ?? "" };
  await open.close();
  return { places, sessions };
}

async function visitsIn(database: string): Promise<number> {
  const open = await openDb(database);
  const days = await open.db.select({ visits: visitsDaily.visits }).from(visitsDaily);
  await open.close();
  return days.reduce((sum, { visits }) => sum + visits, 0);
}

/** A server that nobody asks any more is ended before the fault goes on. */
function ended(server: Running): (error: unknown) => Promise<never> {
  return async (error) => {
    await server.stop();
    throw error;
  };
}
