import { findFreeze, type Freeze } from "#db/freezes.ts";
import { hasEmail } from "#db/identities.ts";
import { findPersonCard, governs, type PersonCard } from "#db/people.ts";
import { isId } from "#db/ids.ts";
import { regionPath } from "#db/regions.ts";
import { findSecondFactor, listWithSecondFactor } from "#db/second-factors.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import { type Permitted, permitted } from "../http/permitted.ts";
import { refuse } from "../http/refusals.ts";
import { canOnPerson, type PersonAct, type PersonFacts } from "./policy.ts";
import { holds } from "./standing.ts";

export type PersonSeen = PersonCard & PersonFacts;

/** A person's card for a signed-in person. @throws the refusal `notThere` */
export async function personSeenBy(db: Db, viewer: Viewer, personId: string | undefined): Promise<PersonSeen> {
  const card = isId(personId) ? await findPersonCard(db, personId) : undefined;
  if (!card) throw refuse("notThere");
  const person = { ...card, regionPath: await regionPath(db, card.regionId), governs: await governs(db, card.id), hasEmail: await hasEmail(db, card.id), hasSecondFactor: (await findSecondFactor(db, card.id)) !== undefined };
  if (!canOnPerson(viewer, "seeSpace", person)) throw refuse("notThere");
  return person;
}

/** The same, to do something to it. @throws `notThere` for whoever may not: officers of other schools learn nothing from trying */
export async function personFor<Act extends PersonAct>(db: Db, viewer: Viewer, act: Act, personId: string | undefined): Promise<Permitted<Act, PersonSeen>> {
  const person = await personSeenBy(db, viewer, personId);
  if (!canOnPerson(viewer, act, person)) throw refuse("notThere");
  return permitted(person);
}

/** An account that is frozen now, to lift it: whoever may freeze may. @throws `notThere` */
export async function frozenFor(db: Db, viewer: Viewer, personId: string | undefined): Promise<Permitted<"lift", Freeze>> {
  const frozen = holds(viewer, "system_operator") && isId(personId) ? await findFreeze(db, personId) : undefined;
  if (!frozen) throw refuse("notThere");
  return permitted(frozen);
}

/** Those of them whose second factor the viewer may take away. */
export async function helpableAmong(db: Db, viewer: Viewer, personIds: readonly string[]): Promise<string[]> {
  const people = await Promise.all((await listWithSecondFactor(db, personIds)).map((id) => personSeenBy(db, viewer, id)));
  return people.filter((person) => canOnPerson(viewer, "removeSecondFactor", person)).map((person) => person.id);
}
