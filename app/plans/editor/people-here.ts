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

export interface PeopleHere {
  people: readonly PersonHere[];
  /** Readers whom the server counts and does not name. */
  unnamed: number;
}

/** Who is in the plan besides oneself, each once; the same object until that changes, so that carets on the move render nothing. */
export function usePeopleHere(awareness: PlanAwareness, myself: { personId: string; writes: boolean }): PeopleHere {
  const [here, setHere] = useState<PeopleHere>({ people: [], unnamed: 0 });
  const { personId, writes } = myself;
  useEffect(() => {
    const look = () => {
      const now = peopleIn(awareness.getStates().values(), { personId, writes });
      setHere((before) => (JSON.stringify(before) === JSON.stringify(now) ? before : now));
    };
    look();
    awareness.on("change", look);
    return () => awareness.off("change", look);
  }, [awareness, personId, writes]);
  return here;
}

/**
 * A writer's state names the writer. Of readers there is a state of each server process: how many they are, and the first ones by name
 * (`server/collab/readers.ts`).
 */
export function peopleIn(states: Iterable<unknown>, { personId, writes }: { personId: string; writes: boolean }): PeopleHere {
  const people = new Map<string, PersonHere>();
  let unnamed = 0;
  let counted = writes;
  for (const state of states) {
    const { person, readers } = state as { person?: Told; readers?: { count?: unknown; named?: unknown } }; // written by the server, read field by field
    if (person) note(people, person, sectionsOf(state));
    if (!readers) continue;
    const named = Array.isArray(readers.named) ? (readers.named as (Told | null)[]).map((one) => one ?? {}) : []; // as above
    for (const one of named) note(people, one, {});
    counted ||= named.some(({ id }) => id === personId);
    unnamed += Math.max(0, Number(readers.count) - named.length) || 0;
  }
  people.delete(personId);
  return { people: [...people.values()].sort((a, b) => (a.id < b.id ? -1 : 1)), unnamed: counted ? unnamed : Math.max(0, unnamed - 1) };
}

interface Told {
  id?: unknown;
  name?: unknown;
  ink?: unknown;
  writes?: unknown;
}

function note(people: Map<string, PersonHere>, { id, name, ink, writes }: Told, sections: ReturnType<typeof sectionsOf>): void {
  if (typeof id !== "string") return;
  const known = people.get(id);
  const inside = Object.entries(sections).filter(([, { focusing }]) => focusing === true).map(([section]) => section);
  people.set(id, { id, name: String(name ?? "").slice(0, 24), ink: inkOf(ink), writes: writes === true || known?.writes === true, sections: [...new Set([...(known?.sections ?? []), ...inside])].sort() });
}
