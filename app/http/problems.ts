/** Something that the person can mend: a key of the dictionaries, such as `common:form.missing`, with what its sentence needs. */
export interface Problem {
  key: string;
  params?: Record<string, string | number> | undefined;
}

/** By field name; `form` for the form as a whole. */
export type Problems = Record<string, Problem>;

export interface Refilled {
  problems: Problems;
  /** What was typed, so that it stays. Passwords and files are left out. */
  typed: Record<string, string>;
}

/** What an action found in its form: the values, or what is wrong together with what was typed. */
export type Read<Values> = { values: Values; typed: Record<string, string>; problems?: undefined } | ({ values?: undefined } & Refilled);
