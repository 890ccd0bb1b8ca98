import { rmSync } from "node:fs";
import { count } from "drizzle-orm";
import { appendUpdates } from "#db/documents.ts";
import { engine } from "#db/dialect.ts";
import { openDb } from "#db/open.ts";
import { persons, resources, seats, studios } from "#db/schema/index.ts";
import { startOfSchoolDay } from "#db/school-day.ts";
import { documentsOn } from "#server/collab/documents.ts";
import { DocLog } from "#server/collab/log.ts";
import { loadDictionaries } from "#server/dictionaries.ts";
import type { Bench } from "./bench.ts";
import { PROVINCE_FOLDER, provinceAddress } from "./province/address.ts";
import { fillProvince, WHOLE } from "./province/fill.ts";

/** The day from which all of its times count. */
export const PROVINCE_DAY = startOfSchoolDay("2026-11-23");

/** Makes the whole province anew in the folder `--data`, and leaves it there for the benches that read it. `--percent` makes a part of it. */
export const province: Bench = {
  about: "a province of studios, people, seats and publications, the same every time",
  options: { percent: 100, data: PROVINCE_FOLDER },
  async run({ option, word, say }) {
    const share = option("percent") / 100;
    const scale = { studios: Math.ceil(WHOLE.studios * share), people: Math.ceil(WHOLE.people * share), seats: Math.ceil(WHOLE.seats * share), largest: Math.ceil(WHOLE.largest * share), resources: Math.ceil(WHOLE.resources * share) };
    const address = provinceAddress(word("data"));
    if (engine === "sqlite") for (const end of ["", "-wal", "-shm"]) rmSync(`${address}${end}`, { force: true });
    const { db, close } = await openDb(address);
    await loadDictionaries(db);
    const [from, worked] = [performance.now(), process.cpuUsage()];
    const made = await fillProvince(db, documentsOn(db, new DocLog((batch) => appendUpdates(db, batch))), PROVINCE_DAY, scale, say);
    const seconds = Math.round((performance.now() - from) / 1_000);
    const { user, system } = process.cpuUsage(worked);
    const broken: string[] = [];
    for (const [what, table, wanted] of [["studios", studios, scale.studios], ["people", persons, scale.people], ["seats", seats, scale.seats], ["resources", resources, scale.resources]] as const) {
      const [row] = await db.select({ n: count() }).from(table);
      if (row?.n !== wanted) broken.push(`${row?.n} ${what} instead of ${wanted}`);
    }
    await close();
    const { largest, ...told } = made;
    return { ours: { ...told, largest, seconds, cpuSeconds: Math.round((user + system) / 1e6) }, peer: null, ratio: {}, samples: 1, broken };
  },
};
