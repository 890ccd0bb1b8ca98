export type LoginKind = "email" | "phone" | "employee_no";

export interface LoginName {
  kind: LoginKind;
  normalised: string;
}

/**
 * What somebody typed to say who they are, in the one form in which it is hashed: an e-mail in lower case, a mainland mobile number
 * without spaces and country code, or an employee number (4 to 32 letters, digits, dashes) in upper case. undefined: none of these.
 */
export function readLoginName(typed: string): LoginName | undefined {
  const text = typed.normalize("NFKC").trim();
  if (/^[^\s@]{1,64}@[^\s@]+\.[^\s@]+$/.test(text) && text.length <= 254) return { kind: "email", normalised: text.toLowerCase() };
  const digits = text.replace(/[\s-]/g, "").replace(/^(\+?86)(?=1\d{10}$)/, "");
  if (/^1[3-9]\d{9}$/.test(digits)) return { kind: "phone", normalised: digits };
  if (/^[A-Za-z0-9-]{4,32}$/.test(text)) return { kind: "employee_no", normalised: text.toUpperCase() };
  return undefined;
}
