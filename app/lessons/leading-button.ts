import type { LessonShown } from "./lesson-shown.ts";

type Prep = Pick<NonNullable<LessonShown["prep"]>, "may" | "missing" | "writeCommon" | "iConfirmed" | "forward"> & { myNote: object | null };

/** Whether the common plan is offered to write: not to whom a draft of her own comes first, nor to whom the prep can be moved on by. */
export function offersCommon(prep: Prep): boolean {
  const movesOn = prep.forward !== null && prep.missing.length === 0 && prep.may.includes("move");
  return Boolean(prep.writeCommon) && !prep.myNote && !movesOn;
}

/**
 * The one button that is filled. The text comes first as long as something is missing in it; once only yeses are, one's own does.
 * `publishes`: a button to publish stands below, and comes before putting away.
 */
export function leadingButton(prep: Prep, publishes: boolean): "draft" | "common" | "confirm" | "move" | null {
  const confirms = prep.may.includes("confirm") && !prep.iConfirmed;
  const onlyYeses = prep.missing.every((one) => /Confirms$/.test(one.key));
  if (confirms && (onlyYeses || !(prep.myNote || offersCommon(prep)))) return "confirm";
  if (prep.myNote) return "draft";
  if (offersCommon(prep)) return "common";
  const ready = prep.forward !== null && prep.missing.length === 0;
  return ready && prep.may.includes("move") && !publishes ? "move" : null;
}
