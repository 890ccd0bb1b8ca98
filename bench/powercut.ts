import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Bench, Given } from "./bench.ts";
import { openPage } from "./collab/page.ts";
import { ours } from "./collab/servers.ts";
import { writer } from "./collab/writer.ts";
import { WatchedDisk, watchingLibrary } from "./powercut/disk.ts";
import { harmDatabase, harmLog } from "./powercut/harm.ts";
import { look } from "./powercut/look.ts";
import { catchMoment, type Moment } from "./powercut/moment.ts";

interface Counted {
  cuts: number;
  /** Cuts at a moment at which something was written and not synced, in the log and in the database itself. */
  amidLog: number;
  amidDatabase: number;
  acknowledged: number;
  lost: number;
  corrupt: number;
}

const CUTS_A_MOMENT = 5;
/** Then another server begins on an empty database, so that looking does not take longer and longer. */
const MOMENTS_A_SERVER = 20;

/** Lets the power fail while several people type: whatever the disk makes of what was not synced, what was acknowledged is there. */
export const powercut: Bench = {
  about: "what was acknowledged is there after the power failed, whatever became of what was not synced",
  options: { cuts: 500, writers: 10, syncMs: 4, writeUs: 100, inside: 0 },
  async run(given) {
    const folder = mkdtempSync(join(tmpdir(), "tongyan-powercut-"));
    const counted: Counted = { cuts: 0, amidLog: 0, amidDatabase: 0, acknowledged: 0, lost: 0, corrupt: 0 };
    try {
      const library = watchingLibrary(folder);
      for (let server = 0; counted.cuts < given.option("cuts"); server += 1) {
        await oneServer(join(folder, `${server}`), library, counted, given);
        given.say(`${counted.cuts} cuts: ${counted.lost} of ${counted.acknowledged} lost, ${counted.corrupt} corrupt`);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    const { lost, corrupt, acknowledged, amidLog } = counted;
    return {
      ours: { ...counted },
      peer: null,
      ratio: {},
      samples: acknowledged,
      broken: [
        ...(lost > 0 ? [`${lost} acknowledged changes are lost`] : []),
        ...(corrupt > 0 ? [`${corrupt} databases are corrupt`] : []),
        ...(acknowledged === 0 ? ["nothing was acknowledged"] : []),
        ...(counted.cuts >= 100 && amidLog === 0 ? ["never was anything written and not synced"] : []),
      ],
    };
  },
};

async function oneServer(path: string, library: string, counted: Counted, given: Given): Promise<void> {
  const file = `${path}.sqlite`;
  const told = `${path}.told`;
  const disk = new WatchedDisk(told);
  const server = await ours.start(file, WatchedDisk.environment(library, told, { syncMs: given.option("syncMs"), writeUs: given.option("writeUs") }));
  const pages = await Promise.all(Array.from({ length: given.option("writers") }, (_, index) => openPage(server.port, `w${index}`)));
  const writers = pages.map((page, index) => writer(page, `w${index}`, given.random));
  try {
    for (let moment = 0; moment < MOMENTS_A_SERVER && counted.cuts < given.option("cuts"); moment += 1) {
      await pause(100 + given.random() * 400);
      await cutAt(await catchMoment(server, file, `${path}.moment`, writers, disk), counted, given);
    }
  } finally {
    for (const one of writers) one.stop();
    for (const page of pages) page.close();
    await server.kill();
  }
}

async function cutAt(moment: Moment, counted: Counted, { option, random, say }: Given): Promise<void> {
  const image = `${moment.database}.cut`;
  for (let cut = 0; cut < CUTS_A_MOMENT && counted.cuts < option("cuts"); cut += 1) {
    harmDatabase(moment.database, image, moment.databaseAtRisk, random);
    harmLog(moment.log, `${image}-wal`, moment.logAtRisk, random, option("inside"));
    rmSync(`${image}-shm`, { force: true });
    const { lost, corrupt } = await look(image, moment.acknowledged);
    if (corrupt) say(`cut ${counted.cuts}: ${corrupt}`);
    counted.cuts += 1;
    counted.acknowledged += moment.acknowledged.reduce((sum, one) => sum + one, 0);
    counted.lost += lost;
    if (corrupt) counted.corrupt += 1;
    if (moment.logAtRisk.unsynced.length > 0) counted.amidLog += 1;
    if (moment.databaseAtRisk.unsynced.length > 0) counted.amidDatabase += 1;
  }
}
