import { and, gte, lt, type SQL } from "drizzle-orm";
import { nameParts } from "./schema/index.ts";

/** In a query over `name_parts`: the part begins with what was typed, in letters large or small. A range of its index on both engines. */
export function partBegins(typed: string): SQL {
  const folded = foldedName(typed);
  // Nothing comes after the last of all characters; `and` of two is never undefined.
  return and(gte(nameParts.part, folded), lt(nameParts.part, `${folded}\u{10FFFF}`)) as SQL;
}

/** As parts are written: in small letters where ASCII has them. */
export function foldedName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
