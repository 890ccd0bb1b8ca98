import { enqueue, type JobPayloads } from "#db/jobs.ts";
import { listSealed, type Sealed, type SealedLogin, updateSealed } from "#db/sealed.ts";
import type { Db } from "#db/types.ts";
import type { ServerSessions } from "../sessions.ts";

/** People that one job looks at. */
const BATCH = 500;

/**
 * Writes by the secret of now what earlier ones sealed and hashed, some hundred people at a time, until all were looked at. Done twice it finds
 * nothing to do; what a person changes meanwhile stays hers.
 *
 * @param said told at the end that all is moved
 */
export async function moveSecret(db: Db, sessions: Pick<ServerSessions, "seal" | "unseal" | "keyedHash" | "isCurrent">, { afterPersonId, moved = 0 }: JobPayloads["secret.move"], said: (moved: number) => void, batch = BATCH): Promise<void> {
  const all = await db.transaction(async (tx) => {
    const people = await listSealed(tx, afterPersonId, batch);
    let count = moved;
    for (const person of people) {
      const fresh = renewed(sessions, person);
      if (fresh && (await updateSealed(tx, person, fresh))) count += 1;
    }
    const last = people.at(-1);
    if (!last || people.length < batch) return count;
    await enqueue(tx, "secret.move", { afterPersonId: last.personId, moved: count });
    return undefined;
  });
  if (all !== undefined) said(all);
}

/** undefined: all of it is of now. */
function renewed(sessions: Parameters<typeof moveSecret>[1], person: Sealed): Sealed | undefined {
  const old = (sealed: string | null | undefined): sealed is string => Boolean(sealed) && !sessions.isCurrent(sealed ?? "");
  const logins = Object.entries(person.logins).filter(([, login]) => old(login?.sealed));
  const second = person.secondFactor;
  if (logins.length === 0 && !old(second)) return undefined;
  const again = (kind: string, { sealed }: SealedLogin): SealedLogin => {
    const plain = sessions.unseal(sealed);
    return { sealed: sessions.seal(plain), hash: sessions.keyedHash(`${kind}:${plain}`) };
  };
  return {
    personId: person.personId,
    logins: { ...person.logins, ...Object.fromEntries(logins.map(([kind, login]) => [kind, login && again(kind, login)])) },
    secondFactor: old(second) ? sessions.seal(sessions.unseal(second)) : second,
  };
}
