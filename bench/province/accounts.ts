import { authUsers } from "#db/schema/index.ts";
import type { OpenDb } from "#db/types.ts";
import { makeSessions } from "#server/sessions.ts";

/** Of a server that nobody but a bench reaches. */
export const SECRET = "bench".repeat(10);

/**
 * Signs these people in, who carry no password, while no server runs yet.
 *
 * @returns the cookies of each, as a browser sends them to the server at `publicUrl`
 */
export async function signedInAs(open: OpenDb, publicUrl: string, personIds: readonly string[]): Promise<Map<string, string>> {
  const sessions = makeSessions(open, SECRET, publicUrl);
  const at = new Date();
  const cookies = new Map<string, string>();
  for (const id of personIds) {
    await open.db.insert(authUsers).values({ id, name: "", email: `${id.toLowerCase()}@person.invalid`, emailVerified: true, createdAt: at, updatedAt: at }).onConflictDoNothing();
    cookies.set(id, (await sessions.open(new Request(publicUrl), id)).getSetCookie().map((one) => one.split(";")[0]).join("; "));
  }
  return cookies;
}
