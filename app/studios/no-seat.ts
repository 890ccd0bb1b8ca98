import type { StudioQuota } from "#db/schema/studios.ts";
import type { Problems } from "../http/problems.ts";
import type { NoSeat } from "./invite.server.ts";
import type { InvitedRole } from "./policy.ts";
import { seatsOf } from "./quota.ts";

/** Why somebody cannot be seated, beside the field in which it can be mended, with what to do instead. */
export function noSeatProblem(why: NoSeat, role: InvitedRole, quota: StudioQuota): Problems {
  switch (why) {
    case "full":
      return { role: { key: `studios:invitation.full.${role}`, params: { n: seatsOf(quota, role) ?? 0 } } };
    case "groupFull":
      return { groupId: { key: "studios:invitation.groupFull" } };
    case "seated":
      return { personId: { key: "studios:invitation.seated" } };
    case "invited":
      return { personId: { key: "studios:invitation.invited" } };
    case "unknown":
      return { personId: { key: "studios:invitation.unknown" } };
  }
}
