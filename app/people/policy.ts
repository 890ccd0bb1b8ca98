import type { Viewer } from "#db/viewer.ts";
import { holds } from "./standing.ts";

export type PersonAct = "confirm" | "helpSignIn" | "issueLink" | "freeze" | "removeSecondFactor" | "seeSpace" | "seeContact";

/** What rules look at in another person. */
export interface PersonFacts {
  id: string;
  schoolId: string | null;
  /** Ids of the school's regions, from the county up to the province. */
  regionPath: readonly string[];
  /** Somebody with a governance role is confirmed from above, never by a school. */
  governs: boolean;
  /** Has an e-mail, and so sets a forgotten password by a letter: nobody else is given a link to the account. */
  hasEmail: boolean;
  hasSecondFactor: boolean;
}

export function canOnPerson(viewer: Viewer, act: PersonAct, person: PersonFacts): boolean {
  const self = viewer.id === person.id;
  const ofSchool = holds(viewer, "school_coordinator", { schoolId: person.schoolId });
  const ofRegion = holds(viewer, "region_admin", { regionPath: person.regionPath });
  switch (act) {
    case "confirm":
      return !self && (ofSchool || ofRegion);
    case "helpSignIn":
      return !self && !person.governs && ofSchool;
    case "issueLink":
      return canOnPerson(viewer, "helpSignIn", person) && !person.hasEmail;
    case "freeze":
      return !self && holds(viewer, "system_operator");
    // Never by whoever hands out links for a password: with both, one officer alone could come in by somebody's account.
    case "removeSecondFactor":
      return !self && person.hasSecondFactor && (holds(viewer, "system_operator") || (!person.governs && ofRegion && !ofSchool));
    case "seeSpace":
      return true;
    case "seeContact":
      return self;
  }
}
