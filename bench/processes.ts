import { startPostgresql } from "#tests/postgresql-server.ts";
import { programOf, startRedis } from "#tests/processes/programs.ts";
import { type Bench, NotThere } from "./bench.ts";
import { quantile, rounded } from "./numbers.ts";

/** What the platform promises to do within a time: who is to be out is out, and who goes on goes on. */
const PROMISED = ["sessionMs", "socketMs", "rightsMs", "otherGoesOnMs"] as const;

/** Two app processes on one PostgreSQL and one Redis: what is done at one is looked for at the other, and one is killed while people write at both. */
export const processes: Bench = {
  about: "two app processes are one platform: how soon one knows what the other did, and what is left when one is killed",
  options: { rounds: 20, seconds: 5, connections: 16, longestMs: 2_000 },
  async run({ option, random, say }) {
    if (!programOf("redis-server")) throw new NotThere("there is no redis-server");
    const database = await startPostgresql();
    if (!database) throw new NotThere("Debian's package `postgresql` is not installed");
    const redis = await startRedis();
    try {
      // The schema is built for the engine that this names when it is first loaded.
      process.env.DATABASE_URL = database.address;
      const [{ openPlatform }, { round }, { pagesASecond }] = await Promise.all([import("./processes/house.ts"), import("./processes/round.ts"), import("./processes/pages.ts")]);
      const platform = await openPlatform(database.address, redis.url);
      try {
        const times: Parameters<typeof round>[2] = { changeMs: [], sessionMs: [], socketMs: [], rightsMs: [], noticeMs: [], otherGoesOnMs: [], reconnectedMs: [] };
        const promises = { acknowledged: 0, lost: 0, doubled: 0 };
        for (let no = 0; no < option("rounds"); no += 1) {
          await round(no, platform, times, promises, random);
          say(`round ${no + 1}: ${Object.entries(times).map(([key, all]) => `${key} ${rounded(all.at(-1) ?? Number.NaN, 0)}`).join(", ")}; ${promises.lost} of ${promises.acknowledged} lost`);
        }
        const { errors, ...pages } = option("seconds") > 0 ? await pagesASecond(platform, { connections: option("connections"), seconds: option("seconds") }) : { errors: 0 };
        const late = PROMISED.filter((key) => Math.max(...times[key]) > option("longestMs"));
        return {
          ours: { ...Object.fromEntries(Object.entries(times).map(([key, all]) => [key, { p50: rounded(quantile(all, 0.5), 1), max: rounded(Math.max(...all), 1) }])), ...promises, ...pages },
          peer: null,
          ratio: {},
          samples: promises.acknowledged,
          broken: [
            ...(promises.lost > 0 ? [`${promises.lost} acknowledged changes are lost`] : []),
            ...(promises.doubled > 0 ? [`${promises.doubled} changes are there twice`] : []),
            ...(promises.acknowledged === 0 ? ["nothing was acknowledged"] : []),
            ...late.map((key) => `${key} was ${rounded(Math.max(...times[key]), 0)} once`),
            ...(errors > 0 ? [`${errors} answers were not a page`] : []),
          ],
        };
      } finally {
        await platform.close();
      }
    } finally {
      await redis.kill();
      database.remove();
    }
  },
};
