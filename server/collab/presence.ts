import { inkFor } from "#app/plans/person-ink.ts";

type State = Record<string, unknown>;

/** More than carets and a name is no presence. */
const LONGEST = 4_096;
/** A page speaks for itself; a few more, lest one that began anew on its line is mute. */
const IDS_OF_A_PAGE = 4;

/**
 * Makes the presence that a writer's client sends true: who is there is said by the server. A client has its carets, and nothing to say about its name.
 *
 * @param states what the client sent, by client id; changed in place
 * @param taken whether an id is another person's
 * @param spokenFor the ids for which this page has spoken before
 */
export function tellTruth(states: Map<number, unknown>, who: { id: string; name: string }, taken: (clientId: number) => boolean, spokenFor: ReadonlySet<number>): void {
  const { id, name } = who;
  const ink = inkFor(id);
  let free = IDS_OF_A_PAGE - spokenFor.size;
  for (const [clientId, state] of states) {
    const known = spokenFor.has(clientId);
    if (!isState(state) || (!known && free <= 0) || taken(clientId) || JSON.stringify(state).length > LONGEST) {
      states.delete(clientId);
      continue;
    }
    if (!known) free -= 1;
    const carets = isState(state.sec) ? Object.values(state.sec).filter(isState) : [];
    // Carets are kept per section, each with the name that Lexical draws beside it.
    for (const place of [state, ...carets]) {
      if ("name" in place) place.name = name;
      if ("color" in place) place.color = ink;
    }
    // Of readers the server tells by itself.
    for (const field of ["user", "readers", "talks"]) delete state[field];
    state.person = { id, name, ink, writes: true };
  }
}

export function isState(value: unknown): value is State {
  return typeof value === "object" && value !== null;
}
