/** `npm run backup -- FOLDER` and `npm run restore -- FOLDER`, with the words and settings of the start: `--production`, DATA_DIR, DATABASE_URL. */
import { readSettings } from "../env.ts";
import { backUp, CannotBackUp, countFiles } from "./backup.ts";
import { restore } from "./restore.ts";

const [act, ...words] = process.argv.slice(2);
const folder = words.find((word) => !word.startsWith("--"));
if (!folder || (act !== "backup" && act !== "restore")) {
  console.error("npm run backup -- [--production] FOLDER, npm run restore -- [--production] FOLDER");
  process.exit(2);
}
try {
  const settings = readSettings(words);
  if (act === "backup") {
    const made = await backUp(settings, folder);
    console.log(`${made}: database, ${countFiles(made)} files, secret`);
  } else {
    const { madeAt } = await restore(settings, folder);
    console.log(`Restored as it was at ${madeAt}. Start the server: it goes on from there.`);
  }
} catch (error) {
  if (!(error instanceof CannotBackUp)) throw error;
  console.error(error.message);
  process.exit(1);
}
