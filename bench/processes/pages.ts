import type { Row } from "../bench.ts";
import { memoryOf } from "../process/memory.ts";
import { load, nothingTold } from "../web/load.ts";
import { type Platform, type Process, STUDIO } from "./house.ts";

/** Pages a second of one process, then of two that share the connections, each freshly started: a studio's home, read by a member. */
export async function pagesASecond({ processes: [one, other], writers: [cookie] }: Platform, how: { connections: number; seconds: number }): Promise<Row & { errors: number }> {
  await Promise.all([one.kill(), other.kill()]);
  await one.start();
  const alone = await ask([one], cookie, how);
  await one.kill();
  await Promise.all([one.start(), other.start()]);
  const both = await ask([one, other], cookie, how);
  return { pagesASecondOne: alone.rps, pagesASecondTwo: both.rps, rssMiBOne: alone.rssMiB, rssMiBEachOfTwo: both.rssMiB, errors: alone.errors + both.errors };
}

async function ask(processes: readonly Process[], cookie: string, { connections, seconds }: { connections: number; seconds: number }): Promise<{ rps: number; rssMiB: number; errors: number }> {
  const how = { connections: Math.ceil(connections / processes.length), seconds };
  const turn = () => Promise.all(processes.map(async ({ url }) => {
    const told = nothingTold();
    await load(url, `/studios/${STUDIO}`, { cookie }, how, told);
    return told;
  }));
  // The first turn only warms.
  await turn();
  const told = await turn();
  const each = processes.map((process) => memoryOf(process.pid()).nowMiB);
  return { rps: Math.round(told.reduce((sum, { answers, seconds: took }) => sum + answers / took, 0)), rssMiB: Math.round(each.reduce((sum, one) => sum + one, 0) / each.length), errors: told.reduce((sum, { errors }) => sum + errors, 0) };
}
