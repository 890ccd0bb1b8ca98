import { useEffect, useState } from "react";
import { type Ink, inkOf } from "./inks.ts";
import { type PlanAwareness, sectionsOf } from "./section-awareness.ts";

export interface PersonHere {
  id: string;
  name: string;
  ink: Ink;
  writes: boolean;
  /** Sections in which the person's caret stands, in any of her windows. */
  sections: string[];
}

/** Who is in the plan besides oneself, each once; the same array until that changes, so that carets on the move render nothing. */
export function usePeopleHere(awareness: PlanAwareness, myself: string): PersonHere[] {
  const [people, setPeople] = useState<PersonHere[]>([]);
  useEffect(() => {
    const look = () => {
      const now = peopleIn(awareness, myself);
      setPeople((before) => (JSON.stringify(before) === JSON.stringify(now) ? before : now));
    };
    look();
    awareness.on("change", look);
    return () => awareness.off("change", look);
  }, [awareness, myself]);
  return people;
}

function peopleIn(awareness: PlanAwareness, myself: string): PersonHere[] {
  const people = new Map<string, PersonHere>();
  for (const state of awareness.getStates().values()) {
    const { person } = state as { person?: { id?: unknown; name?: unknown; ink?: unknown; writes?: unknown } }; // written by the server, read field by field
    if (typeof person?.id !== "string" || person.id === myself) continue;
    const known = people.get(person.id);
    const sections = Object.entries(sectionsOf(state)).filter(([, { focusing }]) => focusing === true).map(([section]) => section);
    people.set(person.id, {
      id: person.id,
      name: String(person.name ?? "").slice(0, 24),
      ink: inkOf(person.ink),
      writes: person.writes === true || known?.writes === true,
      sections: [...new Set([...(known?.sections ?? []), ...sections])].sort(),
    });
  }
  return [...people.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
