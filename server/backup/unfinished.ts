import { existsSync } from "node:fs";
import { join } from "node:path";
import { CannotStart } from "../why-not.ts";

/** Where a restore lays things until all of them are there. While it stands, what is in the data folder is no installation. */
export function unfinishedIn(dataDir: string): string {
  return join(dataDir, "restoring");
}

/** @throws CannotStart where a restore was cut off: a server would begin with nothing in it */
export function refuseUnfinished(dataDir: string): void {
  if (existsSync(unfinishedIn(dataDir))) throw new CannotStart(`${dataDir} 里有一次恢复做到一半断了：请把恢复再做一次，再启动。(A restore was cut off: run the restore again, then start.)`);
}
