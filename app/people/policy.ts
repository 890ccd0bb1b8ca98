import type { Viewer } from "#db/viewer.ts";
import { holds } from "./standing.ts";

export type PersonAct = "confirm" | "issueLink" | "seeSpace" | "seeContact";

/** What rules look at in another person. */
export interface PersonFacts {
  id: string;
  schoolId: string | null;
  /** Ids of the school's regions, from the county up to the province. */
  regionPath: readonly string[];
  /** Somebody with a governance role is confirmed from above, never by a school. */
  governs: boolean;
}

export function canOnPerson(viewer: Viewer, act: PersonAct, person: PersonFacts): boolean {
  const self = viewer.id === person.id;
  const ofSchool = holds(viewer, "school_coordinator", { schoolId: person.schoolId });
  const ofRegion = holds(viewer, "region_admin", { regionPath: person.regionPath });
  switch (act) {
    case "confirm":
      return !self && (ofSchool || ofRegion);
    case "issueLink":
      return !self && !person.governs && ofSchool;
    case "seeSpace":
      return true;
    case "seeContact":
      return self;
  }
}
