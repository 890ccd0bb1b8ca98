import type { AgendaItem } from "#db/schema/seminars.ts";
import type { SeminarRoleName } from "#db/seminars.ts";

/** What people say of a seminar when they call or change one. */
export interface SeminarWish {
  title: string;
  intro: string;
  startsAt: Date;
  endsAt: Date;
  hostId: string;
  speakerIds: readonly string[];
  discussantIds: readonly string[];
  scribeId: string | null;
  agenda: readonly AgendaItem[];
  visibility: "prep" | "studio" | "public";
  capacity: number;
  lobby: boolean;
}

export const LONGEST_MS = 8 * 3_600_000;

/** Who has which part; whoever is named twice has the part that carries more. */
export function partsOf(wish: Pick<SeminarWish, "hostId" | "speakerIds" | "discussantIds" | "scribeId">): Map<string, SeminarRoleName> {
  const parts = new Map<string, SeminarRoleName>();
  for (const personId of wish.discussantIds) parts.set(personId, "discussant");
  for (const personId of wish.speakerIds) parts.set(personId, "speaker");
  if (wish.scribeId) parts.set(wish.scribeId, "scribe");
  parts.set(wish.hostId, "host");
  return parts;
}
