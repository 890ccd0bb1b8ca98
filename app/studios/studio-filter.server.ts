import * as z from "zod";
import { isId } from "#db/ids.ts";
import { STAGES, SUBJECTS } from "#db/schema/curriculum.ts";

const ids = z.string().refine(isId);
const fields = {
  regionId: ids,
  subject: z.enum(SUBJECTS),
  stage: z.enum(STAGES),
  level: z.enum(["province", "city", "county"]),
  name: z.string().trim().min(1).max(60),
};

export interface StudioFilterRead {
  regionId?: string | undefined;
  subject?: (typeof SUBJECTS)[number] | undefined;
  stage?: (typeof STAGES)[number] | undefined;
  level?: "province" | "city" | "county" | undefined;
  name?: string | undefined;
}

/** What an address asks for; what cannot be understood in it is left out, as addresses are typed and forwarded. */
export function readStudioFilter(search: URLSearchParams): { filter: StudioFilterRead; before: string | undefined; asked: boolean } {
  const filter: Record<string, string> = {};
  for (const [name, field] of Object.entries(fields)) {
    const read = field.safeParse(search.get(name));
    if (read.success) filter[name] = read.data;
  }
  const before = ids.safeParse(search.get("before"));
  return { filter, before: before.success ? before.data : undefined, asked: Object.keys(filter).length > 0 };
}
