import type zhCN from "./zh-CN/index.ts";

/** Another language has every key that Chinese has; it may add the singular forms that Chinese does not need. */
export type Dictionary = Translated<typeof zhCN>;

type Translated<Words> = { [Key in keyof Words]: Words[Key] extends string ? string : Translated<Words[Key]> } & { [singular: `${string}_one`]: string };

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: typeof zhCN;
    returnNull: false;
    // Keys of the glossary hold underscores (subject_lead): they are no contexts.
    contextSeparator: "§";
  }
}
