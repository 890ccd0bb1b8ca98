import { constants, copyFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { engine } from "#db/dialect.ts";
import { NotThere } from "../bench.ts";
import { provinceAddress } from "./address.ts";

export interface ProvinceCopy {
  /** A data folder of its own. */
  folder: string;
  database: string;
  remove(): void;
}

/**
 * The province that `bench province --data FOLDER` left, copied beside it, so that what a bench writes is gone with it.
 *
 * @throws NotThere where there is none
 */
export function copyProvince(data: string): ProvinceCopy {
  if (engine !== "sqlite") throw new NotThere("this bench copies a file of SQLite; unset DATABASE_URL");
  const file = provinceAddress(data);
  if (!existsSync(file)) throw new NotThere(`no province in ${file}: npm run -s bench -- province --data ${data}`);
  const folder = mkdtempSync(join(file, "../copy-"));
  const database = join(folder, "province.sqlite");
  for (const end of ["", "-wal"]) if (existsSync(file + end)) copyFileSync(file + end, database + end, constants.COPYFILE_FICLONE);
  return { folder, database, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
