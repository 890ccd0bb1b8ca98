import { mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { count } from "drizzle-orm";
import { appendUpdates } from "#db/documents.ts";
import { openDb } from "#db/open.ts";
import { persons, resources, seats, studios } from "#db/schema/index.ts";
import { startOfSchoolDay } from "#db/school-day.ts";
import { documentsOn } from "#server/collab/documents.ts";
import { DocLog } from "#server/collab/log.ts";
import { loadDictionaries } from "#server/dictionaries.ts";
import type { Bench } from "./bench.ts";
import { fillProvince, WHOLE } from "./province/fill.ts";

/** Where the other benches find the province: `data/bench/province.sqlite`, or `DATABASE_URL`. */
export const PROVINCE_FILE = join(import.meta.dirname, "../data/bench/province.sqlite");
/** The day from which all of its times count. */
export const PROVINCE_DAY = startOfSchoolDay("2026-11-23");

/** Makes the whole province anew. `--percent` makes a part of it. */
export const province: Bench = {
  about: "a province of studios, people, seats and publications, the same every time",
  options: { percent: 100 },
  async run({ option, say }) {
    const share = option("percent") / 100;
    const scale = { studios: Math.ceil(WHOLE.studios * share), people: Math.ceil(WHOLE.people * share), seats: Math.ceil(WHOLE.seats * share), largest: Math.ceil(WHOLE.largest * share), resources: Math.ceil(WHOLE.resources * share) };
    const address = process.env.DATABASE_URL ?? PROVINCE_FILE;
    if (address === PROVINCE_FILE) {
      mkdirSync(dirname(PROVINCE_FILE), { recursive: true });
      for (const end of ["", "-wal", "-shm"]) rmSync(`${PROVINCE_FILE}${end}`, { force: true });
    }
    const { db, close } = await openDb(address);
    await loadDictionaries(db);
    const from = performance.now();
    const made = await fillProvince(db, documentsOn(db, new DocLog((batch) => appendUpdates(db, batch))), PROVINCE_DAY, scale, say);
    const seconds = Math.round((performance.now() - from) / 1_000);
    const broken: string[] = [];
    for (const [what, table, wanted] of [["studios", studios, scale.studios], ["people", persons, scale.people], ["seats", seats, scale.seats], ["resources", resources, scale.resources]] as const) {
      const [row] = await db.select({ n: count() }).from(table);
      if (row?.n !== wanted) broken.push(`${row?.n} ${what} instead of ${wanted}`);
    }
    await close();
    const { largest, ...told } = made;
    return { ours: { ...told, largest, seconds }, peer: null, ratio: {}, samples: 1, broken };
  },
};
