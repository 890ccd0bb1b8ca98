declare const permittedAct: unique symbol;

/**
 * A row that this viewer may do this act to. Only a room's `…For` function makes one, after asking its policy;
 * a write that takes it cannot be reached without the question having been asked.
 */
export type Permitted<Act extends string, Row> = Row & { readonly [permittedAct]: Act };

/** Called by `access.server.ts` of a room, right after its policy said yes, and nowhere else. */
export function permitted<Act extends string, Row>(row: Row): Permitted<Act, Row> {
  return row as Permitted<Act, Row>; // the brand exists in types only
}
