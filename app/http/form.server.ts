import { data } from "@remix-run/node";
import * as z from "zod";
import { LONGEST_FORM } from "./longest-form.ts";
import { refuse } from "./refusals.ts";
import type { Problems, Read, Refilled } from "./problems.ts";
import { storable } from "./text.server.ts";

const NEVER_SENT_BACK = /password|secret|token/i;

/**
 * Reads a form by a schema. Fields that occur once are strings, several of one name an array where the schema wants one.
 * What zod finds becomes a problem beside each field; a custom issue may carry `params: {key, …}` to say more.
 */
export async function readForm<Schema extends z.ZodObject>(request: Request, schema: Schema): Promise<Read<z.output<Schema>>> {
  const fields = new Map<string, FormDataEntryValue[]>();
  for (const [name, sent] of await formOf(request)) {
    const value = typeof sent === "string" ? storable(sent) : sent;
    const known = fields.get(name);
    if (known) known.push(value);
    else fields.set(name, [value]);
  }
  const raw: Record<string, unknown> = {};
  const typed: Record<string, string> = {};
  for (const [name, all] of fields) {
    raw[name] = wantsArray(schema, name) ? all : all[0];
    if (typeof all[0] === "string" && !NEVER_SENT_BACK.test(name)) typed[name] = all.filter((one) => typeof one === "string").join("\n");
  }
  for (const name of Object.keys(schema.shape)) if (wantsArray(schema, name)) raw[name] ??= [];
  const parsed = schema.safeParse(raw);
  if (parsed.success) return { values: parsed.data, typed };
  return { problems: problemsOf(parsed.error), typed };
}

/** @throws the refusal `garbled` when it is no form, not the whole of one, or longer than any: files are read by others */
export async function formOf(request: Request): Promise<FormData> {
  if (Number(request.headers.get("content-length") ?? 0) > LONGEST_FORM) throw refuse("garbled");
  try {
    return await request.formData();
  } catch (error) {
    if (error instanceof TypeError) throw refuse("garbled");
    throw error;
  }
}

/** The answer of an action whose form has to be mended: 422, shown beside the fields, with what was typed kept. */
export function unprocessable(problems: Problems, typed: Record<string, string>) {
  return data<Refilled>({ problems, typed }, { status: 422 });
}

/** The answer to somebody who, or whose address, did this too often just now. */
export function tooMany(typed: Record<string, string>) {
  return data<Refilled>({ problems: { form: { key: "common:form.tooMany" } }, typed }, { status: 429 });
}

/** The answer when somebody else saved first. */
export function conflict(problems: Problems, typed: Record<string, string>) {
  return data<Refilled>({ problems, typed }, { status: 409 });
}

function problemsOf(error: z.ZodError): Problems {
  const problems: Problems = {};
  for (const issue of error.issues) {
    const name = String(issue.path[0] ?? "form");
    problems[name] ??= problemOf(issue);
  }
  return problems;
}

function problemOf(issue: z.core.$ZodIssue): Problems[string] {
  if (issue.code === "custom" && typeof issue.params?.key === "string") {
    const { key, ...params } = issue.params as { key: string } & Record<string, string | number>;
    return { key, params };
  }
  if (issue.code === "too_small") return Number(issue.minimum) <= 1 ? { key: "common:form.missing" } : { key: "common:form.tooShort", params: { min: Number(issue.minimum) } };
  if (issue.code === "too_big") return { key: "common:form.tooLong", params: { max: Number(issue.maximum) } };
  if (issue.code === "invalid_type" && issue.input === undefined) return { key: "common:form.missing" };
  return { key: "common:form.invalid" };
}

function wantsArray(schema: z.ZodObject, name: string): boolean {
  let field: unknown = schema.shape[name];
  while (field instanceof z.ZodOptional || field instanceof z.ZodDefault) field = field.unwrap();
  return field instanceof z.ZodArray;
}
