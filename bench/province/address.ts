import { resolve } from "node:path";

/** Where the province lies when nobody says otherwise. */
export const PROVINCE_FOLDER = "data/bench";

/** @returns the database of the province: `DATABASE_URL`, or the file in the folder that `--data` names, by which the other benches find it again */
export function provinceAddress(folder: string): string {
  return process.env.DATABASE_URL ?? resolve(import.meta.dirname, "../..", folder, "province.sqlite");
}
