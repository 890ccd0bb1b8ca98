/** Why somebody reports a publication. */
export const GROUNDS = ["copied", "pupil_privacy", "wrong", "offensive", "other"] as const;
