import type { ProviderAwareness, UserState } from "@lexical/yjs";
import type { HocuspocusProvider } from "@hocuspocus/provider";
import { inkColour } from "./inks.ts";

export type PlanAwareness = NonNullable<HocuspocusProvider["awareness"]>;

/** What one says of oneself in one section, beside what the binding needs. `composing`: an input method is open. */
export type SectionState = UserState & { composing?: boolean };

interface Change {
  added: number[];
  updated: number[];
  removed: number[];
}

/** The labels at remote carets. */
export interface CaretWords {
  writing(name: string): string;
}

/**
 * The awareness of one section, kept under `sec[<section>]` of the plan's. The binding writes caret and focus at the top level, where
 * the sections of one page would overwrite each other; here each sees its own section alone, and nobody sees oneself.
 */
export function sectionAwareness(plan: PlanAwareness, section: string, words: CaretWords): ProviderAwareness {
  const listeners = new Map<() => void, (change: Change) => void>();
  const all = (): Record<string, SectionState> => sectionsOf(plan.getLocalState());
  const put = (state: SectionState | null) => {
    const { [section]: _before, ...others } = all();
    plan.setLocalStateField("sec", state === null ? others : { ...others, [section]: state });
  };
  return {
    getLocalState: () => all()[section] ?? null,
    setLocalState: put,
    setLocalStateField: (field, value) => {
      const mine = all()[section];
      if (mine) put({ ...mine, [field]: value });
    },
    getStates: () => {
      const here = new Map<number, UserState>();
      for (const [client, state] of plan.getStates()) {
        const theirs = sectionsOf(state)[section];
        if (theirs && client !== plan.clientID) here.set(client, shown(theirs, words));
      }
      return here;
    },
    on: (type, listener) => {
      const others = ({ added, updated, removed }: Change) => {
        if ([...added, ...updated, ...removed].some((client) => client !== plan.clientID)) listener();
      };
      listeners.set(listener, others);
      plan.on(type, others);
    },
    off: (type, listener) => {
      const others = listeners.get(listener);
      if (others) plan.off(type, others);
      listeners.delete(listener);
    },
  };
}

/** Sections in which a peer has a caret, by what it says. */
export function sectionsOf(state: unknown): Record<string, SectionState> {
  const sections = typeof state === "object" && state !== null && "sec" in state ? state.sec : undefined;
  // What a peer sends is only ever read field by field; a wrong shape draws nothing.
  return typeof sections === "object" && sections !== null ? (sections as Record<string, SectionState>) : {};
}

function shown(theirs: SectionState, words: CaretWords): UserState {
  const name = String(theirs.name ?? "").slice(0, 24);
  return { ...theirs, name: theirs.composing === true ? words.writing(name) : name, color: inkColour(theirs.color) };
}
