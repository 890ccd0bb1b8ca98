/** Opens a database with a folder of migrations, for a test that kills it meanwhile: `node upgrading.ts <address> <folder>`. */
import { openDb } from "#db/open.ts";

const [, , address = "", migrations = ""] = process.argv;
console.log("begins");
await openDb(address, migrations);
console.log("done");
process.exit(0);
