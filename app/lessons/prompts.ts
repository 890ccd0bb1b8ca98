/** The prompts of a reflection, each tied to the section of the plan that it looks back on. Their words are in the dictionary room `lessons`. */
export const PROMPT_SET = "after_lesson.1";

export const PROMPTS = [
  { key: "objectives", sectionKey: "objectives" },
  { key: "difficult", sectionKey: "difficult_points" },
  { key: "moment", sectionKey: "process" },
  { key: "homework", sectionKey: "homework" },
  { key: "again", sectionKey: undefined },
] as const;
