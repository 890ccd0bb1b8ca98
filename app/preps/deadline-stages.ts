/** The stages that have a deadline, in their order. */
export const DEADLINE_STAGES = ["draft", "discuss", "revise", "teach", "reflect"] as const;
