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

/** Every room's words. The keys of this language are the types of all the others. */
export default { common, editor, home, files, people, notices, lessons, plans, preps, seminars, resources, regions, studios, operations };
