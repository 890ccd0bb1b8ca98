import * as z from "zod";
import { line } from "../http/text.server.ts";
import { SCHOOL_KINDS, SCHOOL_LOCALES, type SchoolFacts } from "#db/schools.ts";

export const schoolForm = z.object({
  name: line(60),
  regionId: z.string().min(1),
  kind: z.enum(SCHOOL_KINDS),
  locale: z.enum(SCHOOL_LOCALES),
  remote: z.string().optional(),
  smallRural: z.string().optional(),
});

export function factsOf({ name, regionId, kind, locale, remote, smallRural }: z.output<typeof schoolForm>): SchoolFacts {
  return { name, regionId, kind, locale, remote: remote === "on", smallRural: smallRural === "on" };
}
