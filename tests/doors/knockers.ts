import type { House } from "#tests/doors/house.ts";

/** Somebody who tries a door that may not be theirs. */
export interface Knocker {
  who: string;
  kind: "a stranger" | "a trainee of another studio" | "a member without a part" | "a lead of another group" | "a trainee of the studio" | "somebody of the same prep";
}

/**
 * Of each kind of people who come to a door of a studio without being meant: two from outside, from inside those who are not in `circle`, and
 * some of `near`, who prepare the same lesson and may not open everything of it all the same.
 */
export function knockersAt(house: House, studioId: string | null, circle: ReadonlySet<string> | undefined, near: readonly string[] = []): Knocker[] {
  const outside = (person: string) => !(circle?.has(person) ?? false);
  const found: Knocker[] = [{ who: house.stranger, kind: "a stranger" }];
  const trainee = house.traineeOfAnother(studioId);
  if (outside(trainee)) found.push({ who: trainee, kind: "a trainee of another studio" });
  if (!studioId) return found;
  const seats = [...house.seatsOf(studioId)].reverse();
  const pick = (kind: Knocker["kind"], fits: (seat: (typeof seats)[number]) => boolean) => {
    const seat = seats.find((one) => fits(one) && outside(one.personId));
    if (seat) found.push({ who: seat.personId, kind });
  };
  pick("a member without a part", (seat) => seat.role === "young_teacher");
  pick("a trainee of the studio", (seat) => seat.role === "trainee");
  pick("a lead of another group", (seat) => seat.role === "subject_lead");
  const others = near.filter((who) => !found.some((one) => one.who === who));
  for (const who of new Set([...others.slice(0, 2), ...others.slice(-1)])) found.push({ who, kind: "somebody of the same prep" });
  return found;
}

/** All kinds of knockers, to see that each of them knocked. */
export const KINDS = ["a lead of another group", "a member without a part", "a stranger", "a trainee of another studio", "a trainee of the studio", "somebody of the same prep"] as const;
