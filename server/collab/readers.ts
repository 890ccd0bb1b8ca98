import type { Document } from "@hocuspocus/server";
import { inkFor } from "#app/plans/person-ink.ts";
import type { Context } from "./context.ts";
import { isState } from "./presence.ts";

/** So many are named; of the others it is said how many they are. */
const NAMED = 12;
/** Talks that pages show are of the newest kind or the one before. */
const TALKS = 8;
const LONGEST_TALK = 200;
/** Who comes and goes is told so much later, and later still where many would have to be told. */
const TELL_AFTER_MS = 200;
const PER_CONNECTION_MS = 5;

/**
 * Those who only read a document. If each were told to each, and again every fifteen seconds as presence is, a thousand would be
 * sent 67,000 messages a second. The server speaks for all of them instead, in a state of its own beside those of the writers.
 */
export class Readers {
  readonly #document: Document;
  #timer: NodeJS.Timeout | undefined;

  constructor(document: Document) {
    this.#document = document;
    document.on("destroy", () => clearTimeout(this.#timer));
  }

  /** What a reader's page says of itself: nothing of it is handed on but which talk it shows. */
  heard(context: Context, states: Map<number, unknown>): void {
    for (const state of states.values()) {
      const talk = isState(state) ? state.talk : undefined;
      if (typeof talk !== "string" || talk.length > LONGEST_TALK || talk === context.talk) continue;
      context.talk = talk;
      this.changed();
    }
    states.clear();
  }

  /** Somebody has come or gone. */
  changed(): void {
    this.#timer ??= setTimeout(() => this.#tell(), TELL_AFTER_MS + PER_CONNECTION_MS * this.#document.getConnectionsCount());
  }

  #tell(): void {
    this.#timer = undefined;
    const people = new Map<string, { id: string; name: string; ink: string }>();
    const talks = new Set<string>();
    for (const connection of this.#document.getConnections()) {
      const { mode, ended, viewer, talk } = connection.context as Context; // Hocuspocus types its documents without their context
      if (mode !== "read" || ended) continue;
      people.set(viewer.id, { id: viewer.id, name: viewer.name, ink: inkFor(viewer.id) });
      if (talk !== undefined) talks.add(talk);
    }
    const state = people.size === 0 ? null : { readers: { count: people.size, named: [...people.values()].slice(0, NAMED) }, talks: [...talks].slice(-TALKS) };
    const { awareness } = this.#document;
    if (JSON.stringify(awareness.getLocalState()) !== JSON.stringify(state)) awareness.setLocalState(state);
  }
}
