import * as z from "zod";
import { listSections } from "#db/documents.ts";
import { isId } from "#db/ids.ts";
import { listSeatHolders } from "#db/prep-people.ts";
import type { Prep } from "#db/preps.ts";
import type { Db } from "#db/types.ts";
import { line, prose } from "../http/text.server.ts";
import { agendaFields, readAgenda } from "./agenda.server.ts";
import type { SeminarWish } from "./wish.ts";

/** What the form of a seminar asks for, whether it is new or changed. */
export const wishFields = {
  title: line(100), intro: prose(2000), hostId: z.string().refine(isId), speakerIds: z.array(z.string()), discussantIds: z.array(z.string()), scribeId: z.string().optional(),
  visibility: z.enum(["prep", "studio", "public"]), capacity: z.coerce.number().int().min(2).max(1000), lobby: z.string().optional(), ...agendaFields,
};

export type WishTyped = z.output<z.ZodObject<typeof wishFields>>;

/** What was typed as a wish, without its time. */
export function readWish({ title, intro, hostId, speakerIds, discussantIds, scribeId, visibility, capacity, lobby, item, itemMinutes, itemSection }: WishTyped): Omit<SeminarWish, "startsAt" | "endsAt"> {
  return { title, intro, hostId, speakerIds, discussantIds, scribeId: scribeId || null, visibility, capacity, lobby: lobby !== undefined, agenda: readAgenda({ item, itemMinutes, itemSection }) };
}

/** Whom the form offers for a part, and the sections of the plan to which a point of the agenda may belong. */
export async function choicesFor(db: Db, studioId: string, prep: Pick<Prep, "discussed" | "commonDocId"> | undefined) {
  const people = await listSeatHolders(db, studioId, { roles: ["master", "subject_lead", "young_teacher", "studio_assistant", "guest_expert"] });
  const sections = prep?.discussed ? (await listSections(db, prep.commonDocId)).map(({ key, title }) => ({ key, title })) : [];
  return { people: people.map(({ personId, name }) => ({ personId, name })), sections };
}
