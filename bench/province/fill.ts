import type { Documents } from "#app/plans/documents.ts";
import type { Db } from "#db/types.ts";
import { groundOf, type Scale } from "./ground.ts";
import { fillEvidence, fillSeminars } from "./happenings.ts";
import { fillPeople, fillStudios } from "./people.ts";
import { LARGEST, PEOPLE, RESOURCES, SEATS, STUDIOS } from "./plan.ts";
import { fillPublications } from "./publications.ts";
import { writer } from "./writer.ts";

export interface Province extends Scale {
  /** Its id. */
  largestStudio: string;
  /** Of every row that was written, in order. */
  contentSha256: string;
}

export const WHOLE: Scale = { studios: STUDIOS, people: PEOPLE, seats: SEATS, largest: LARGEST, resources: RESOURCES };

/**
 * Fills a database that holds the dictionaries and nobody with a whole province. The same on every machine and in every run; times count
 * from `base`. People carry no password.
 */
export async function fillProvince(db: Db, documents: Pick<Documents, "stateOf">, base: Date, scale: Scale, say: (line: string) => void): Promise<Province> {
  const { write, fingerprint } = writer(db, base);
  const ground = groundOf(db, write, scale, base);
  await fillPeople(ground);
  say(`${scale.people} people`);
  await fillStudios(ground);
  say(`${scale.studios} studios with ${scale.seats} seats`);
  await fillPublications(ground, documents);
  say(`${scale.resources} publications`);
  await fillSeminars(ground);
  await fillEvidence(ground);
  return { ...scale, largestStudio: ground.studio(0), contentSha256: fingerprint() };
}
