import { isId } from "#db/ids.ts";
import { findVisiblePrep, type Prep } from "#db/preps.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import { type Permitted, permitted } from "../http/permitted.ts";
import { refuse } from "../http/refusals.ts";
import { canOnPrep, type PrepAct } from "./policy.ts";

/** @throws Response notThere, also when the viewer may not know of it */
export async function prepSeenBy(db: Db, viewer: Viewer, prepId: string | undefined): Promise<Prep> {
  const prep = isId(prepId) ? await findVisiblePrep(db, viewer, prepId) : undefined;
  if (!prep) throw refuse("notThere");
  return prep;
}

/** @throws Response notThere or notAllowed */
export async function prepFor<Act extends PrepAct>(db: Db, viewer: Viewer, act: Act, prepId: string | undefined): Promise<Permitted<Act, Prep>> {
  const prep = await prepSeenBy(db, viewer, prepId);
  if (!canOnPrep(viewer, act, prep)) throw refuse("notAllowed");
  return permitted<Act, Prep>(prep);
}
