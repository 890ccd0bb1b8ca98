/** Stages and subjects as forms offer them; the same closed lists as in the schema. */
export const STAGES = ["kindergarten", "primary", "junior", "senior"] as const;
export const SUBJECTS = ["chinese", "mathematics", "english", "science", "morality_law", "physics", "chemistry", "biology", "history", "geography", "music", "art", "pe", "it", "labour", "practice"] as const;
