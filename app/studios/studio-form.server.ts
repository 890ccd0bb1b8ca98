import * as z from "zod";
import type { Problems } from "../http/problems.ts";
import { prose } from "../http/text.server.ts";
import { findTeachersNamed, type PersonFound } from "#db/people-search.ts";
import { findRegionPath } from "#db/regions.ts";
import { STAGES, SUBJECTS } from "#db/schema/curriculum.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";

const NAME = 60;

/** A name that is far too long is refused with how long it is, not with a length alone. */
export const studioName = z.string().transform((text) => text.replace(/\p{Cc}+/gu, " ").trim()).superRefine((text, ctx) => {
  if (text === "") ctx.addIssue({ code: "custom", params: { key: "common:form.missing" } });
  if ([...text].length > NAME) ctx.addIssue({ code: "custom", params: { key: "studios:form.nameLong", length: [...text].length } });
});

const whole = z.string().trim().regex(/^\d{1,6}$/).transform(Number);
const seats = (min: number, max: number) => whole.pipe(z.number().min(min).max(max));
/** Empty: no limit. */
export const orUnlimited = (max: number) => z.union([z.literal("").transform(() => null), seats(0, max)]).optional().transform((places) => places ?? null);

export const quotaFields = { subjectLead: seats(1, 99), youngTeacher: seats(0, 999), trainee: orUnlimited(100_000) };
export const profileFields = { name: studioName, intro: prose(300), recruitPolicy: z.enum(["open", "approve", "invite", "closed"]) };

export const draftForm = z.object({
  ...profileFields,
  ...quotaFields,
  level: z.enum(["province", "city", "county"]),
  regionId: z.string(),
  stages: z.array(z.enum(STAGES)).min(1),
  subject: z.enum(SUBJECTS),
  masterName: z.string().trim().min(1).max(60),
  masterId: z.string().optional(),
});

/**
 * The person whom a draft names as its master: the drafter, or a confirmed teacher of the province. Where several have the name, the
 * answer is whom to choose from.
 */
export async function namedMaster(db: Db, viewer: Viewer, draft: { regionId: string; masterName: string; masterId?: string | undefined }): Promise<{ masterId: string } | { problems: Problems; namesakes: PersonFound[] }> {
  const province = (await findRegionPath(db, draft.regionId)).at(-1);
  if (!province) return { problems: { regionId: { key: "common:form.missing" } }, namesakes: [] };
  const namesakes = await findTeachersNamed(db, province.id, draft.masterName, viewer.id);
  const chosen = namesakes.length === 1 ? namesakes[0] : (namesakes.find((one) => one.id === draft.masterId) ?? namesakes.find((one) => !draft.masterId && one.id === viewer.id));
  if (chosen) return { masterId: chosen.id };
  return namesakes.length === 0 ? { problems: { masterName: { key: "studios:form.masterUnknown" } }, namesakes } : { problems: { masterId: { key: "studios:form.masterWhich" } }, namesakes };
}
