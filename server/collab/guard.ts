import * as Y from "yjs";
import { hasGaps } from "./replay.ts";

/** Why an update is not let into the log. The word is what the client is told. */
export type RefusedUpdate = "forged-author" | "malformed" | "out-of-step";

export class UpdateRefused extends Error {
  readonly why: RefusedUpdate;
  /** It may only seem so, because another process has written what the update brings along or builds on. */
  readonly perhapsBehind: boolean;

  constructor(why: RefusedUpdate, cause?: unknown, perhapsBehind = false) {
    super(`update refused: ${why}`, { cause });
    this.why = why;
    this.perhapsBehind = perhapsBehind;
  }
}

type Struct = Y.Item | Y.GC | Y.Skip;

/** Owners of client ids as the database knows them. */
export type FindOwners = (clientIds: readonly number[]) => Promise<Map<number, string | null>>;

/** A passed update: append what is news in it with these ids, then say how it went. */
export interface Passed {
  /** The update without the structs that the document has: a page that opens from its own copy may bring all of them again. */
  news: Uint8Array;
  newClientIds: number[];
  committed(): void;
  failed(): void;
}

/**
 * Stands before the log of one document while that is open. A client id belongs to the person who first brings a struct of it, however
 * many tabs and reconnections later; nobody else may bring structs of it. Deleting another's text makes no struct, and is allowed.
 *
 * An update is rehearsed on a copy before it is let through: one that cannot be applied would make the log unreadable for good.
 */
export class Guard {
  readonly #live: Y.Doc;
  readonly #findOwners: FindOwners;
  readonly #owners = new Map<number, string | null>();
  readonly #claims = new Map<number, { personId: string; count: number }>();
  #copy: Y.Doc | undefined;
  /** What the copy has still to follow. */
  #ahead: Uint8Array[] = [];

  /** @param live the document as it was committed; the copy follows it */
  constructor(live: Y.Doc, findOwners: FindOwners) {
    this.#live = live;
    this.#findOwners = findOwners;
    live.on("update", this.#follow);
    live.on("destroy", () => this.#drop());
  }

  /** @throws UpdateRefused */
  async check(personId: string, update: Uint8Array): Promise<Passed> {
    const { news, clientIds } = newsIn(update, this.#live);
    await this.#learn(clientIds);
    for (const id of clientIds) {
      const known = this.#owners.has(id);
      const owner = known ? this.#owners.get(id) : (this.#claims.get(id)?.personId ?? personId);
      if (owner !== personId) throw new UpdateRefused("forged-author", undefined, known);
    }
    this.#rehearse(news);
    return { news, ...this.#claim(personId, clientIds.filter((id) => !this.#owners.has(id))) };
  }

  async #learn(clientIds: readonly number[]): Promise<void> {
    const unknown = clientIds.filter((id) => !this.#owners.has(id));
    if (unknown.length === 0) return;
    for (const [id, owner] of await this.#findOwners(unknown)) this.#owners.set(id, owner);
  }

  #claim(personId: string, newClientIds: number[]): Omit<Passed, "news"> {
    for (const id of newClientIds) this.#claims.set(id, { personId, count: (this.#claims.get(id)?.count ?? 0) + 1 });
    const release = () => {
      for (const id of newClientIds) {
        const claim = this.#claims.get(id);
        if (!claim || claim.count === 1) this.#claims.delete(id);
        else claim.count -= 1;
      }
    };
    return {
      newClientIds,
      committed: () => {
        for (const id of newClientIds) this.#owners.set(id, personId);
        release();
      },
      // The copy has what the log has not: make another when it is next needed.
      failed: () => {
        this.#drop();
        release();
      },
    };
  }

  #rehearse(update: Uint8Array): void {
    try {
      this.#catchUp();
      this.#copy ??= copyOf(this.#live);
      Y.applyUpdate(this.#copy, update);
    } catch (cause) {
      this.#drop();
      throw new UpdateRefused("malformed", cause);
    }
    if (!hasGaps(this.#copy)) return;
    this.#drop();
    throw new UpdateRefused("out-of-step", undefined, true);
  }

  /** Not at once: others wait to be shown the update. */
  readonly #follow = (update: Uint8Array): void => {
    if (this.#copy && this.#ahead.push(update) === 1) setImmediate(() => this.#catchUp());
  };

  #catchUp(): void {
    try {
      for (const update of this.#ahead.splice(0)) if (this.#copy) Y.applyUpdate(this.#copy, update);
    } catch {
      // The document has taken what the copy does not: make another when it is next needed.
      this.#drop();
    }
  }

  #drop(): void {
    this.#ahead = [];
    this.#copy?.destroy();
    this.#copy = undefined;
  }
}

/** The update without what the document has already, and whose structs are left. @throws UpdateRefused when it cannot be decoded */
function newsIn(update: Uint8Array, live: Y.Doc): { news: Uint8Array; clientIds: number[] } {
  const structs = structsOf(update);
  // Who types brings nothing but news. A document knows thousands of client ids: only those of the update are looked up.
  const known = new Map(clientIdsIn(structs).map((id) => [id, Y.getState(live.store, id)]));
  if (structs.every(({ id }) => id.clock >= (known.get(id.client) ?? 0))) return { news: update, clientIds: [...known.keys()] };
  try {
    const news = Y.diffUpdate(update, Y.encodeStateVector(known));
    return { news, clientIds: clientIdsOf(news) };
  } catch (cause) {
    throw new UpdateRefused("malformed", cause);
  }
}

/**
 * The client ids whose structs an update (version 1 encoding) brings.
 *
 * @throws UpdateRefused when it cannot be decoded, or holds a struct without length, over which Yjs would stumble at a later, honest update
 */
export function clientIdsOf(update: Uint8Array): number[] {
  return clientIdsIn(structsOf(update));
}

function clientIdsIn(structs: readonly Struct[]): number[] {
  return [...new Set(structs.filter((struct) => !(struct instanceof Y.Skip)).map(({ id }) => id.client))];
}

function structsOf(update: Uint8Array): Struct[] {
  let structs: Struct[];
  try {
    structs = Y.decodeUpdate(update).structs;
  } catch (cause) {
    throw new UpdateRefused("malformed", cause);
  }
  if (structs.some(({ length }) => length < 1)) throw new UpdateRefused("malformed");
  return structs;
}

function copyOf(live: Y.Doc): Y.Doc {
  const copy = new Y.Doc({ gc: false });
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(live));
  return copy;
}
