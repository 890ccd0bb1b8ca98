import type { Dictionary } from "../dictionary.ts";
import common from "./common.ts";
import editor from "./editor.ts";
import files from "./files.ts";
import home from "./home.ts";
import lessons from "./lessons.ts";
import operations from "./operations.ts";
import notices from "./notices.ts";
import people from "./people.ts";
import plans from "./plans.ts";
import preps from "./preps.ts";
import seminars from "./seminars.ts";
import resources from "./resources.ts";
import regions from "./regions.ts";
import studios from "./studios.ts";

export default { common, editor, home, files, people, notices, lessons, plans, preps, seminars, resources, regions, studios, operations } satisfies Dictionary;
