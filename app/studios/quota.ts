import type { SeatRole, StudioQuota } from "#db/schema/studios.ts";

/** How many open seats of a role a studio may have; null: no limit. The one master has a seat of its own kind. */
export function seatsOf(quota: StudioQuota, role: SeatRole): number | null {
  switch (role) {
    case "master":
      return 1;
    case "subject_lead":
      return quota.subjectLead;
    case "young_teacher":
      return quota.youngTeacher;
    case "trainee":
      return quota.trainee;
    case "studio_assistant":
    case "guest_expert":
      return null;
  }
}

/** Ten leads, as the programme has it; twenty young teachers; as many trainees as come. */
export const FIRST_QUOTA: StudioQuota = { subjectLead: 10, youngTeacher: 20, trainee: null };
