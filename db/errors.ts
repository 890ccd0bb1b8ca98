const UNIQUE = new Set(["SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY", "23505"]);
/** SQLite calls it so when there is no room for the few pages beside the file by which connections know of each other. */
const NO_ROOM = new Set(["ENOSPC", "EDQUOT", "SQLITE_FULL", "SQLITE_IOERR_SHMSIZE", "53100"]);
const SERIALIZATION = new Set(["40001", "40P01"]);

/** Whether a write failed because a row like it is there already, on either engine. */
export function isDuplicate(error: unknown): boolean {
  return codes(error).some((code) => UNIQUE.has(code));
}

/** Whether something failed for want of room on a disk: ours, or the database's. */
export function isNoRoom(error: unknown): boolean {
  return codes(error).some((code) => NO_ROOM.has(code));
}

/** Whether PostgreSQL asks for the transaction to be run again. */
export function isSerializationFailure(error: unknown): boolean {
  return codes(error).some((code) => SERIALIZATION.has(code));
}

/**
 * Runs an idempotent act a second time when somebody doing the same was first: PostgreSQL reports two that write one row at once as a
 * duplicate, not as something to be retried, and the second run finds what the other wrote.
 */
export async function onceMore<Result>(act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    if (isDuplicate(error)) return act();
    throw error;
  }
}

function codes(error: unknown): string[] {
  const found: string[] = [];
  for (let at = error; at instanceof Error; at = at.cause) {
    if ("code" in at && typeof at.code === "string") found.push(at.code);
  }
  return found;
}
