import { sql } from "drizzle-orm";
import { bytewise, flag, index, instant, integer, json, oneOf, primaryKey, table, text, uniqueIndex } from "../dialect.ts";
import { id, made, version } from "./columns.ts";
import { schools } from "./places.ts";

/** A person as evidence and authorship refer to them: it names nobody. Who it is stands in `identities`. */
export const persons = table("persons", {
  id: id(),
  schoolId: text().references(() => schools.id),
  stages: json<string[]>().notNull(),
  subjects: json<string[]>().notNull(),
  titleRank: text(),
  startedTeachingOn: text(),
  intro: text().notNull().default(""),
  locale: oneOf(["zh-CN", "en"]).notNull().default("zh-CN"),
  theme: oneOf(["system", "light", "dark"]).notNull().default("system"),
  status: oneOf(["active", "left", "frozen", "erased"]).notNull().default("active"),
  ...made(),
  version: version(),
}, (t) => [index("persons_school").on(t.schoolId)]);

/** Who a person is. Erasing this row leaves the person's evidence and authorship. E-mail, phone and employee number are encrypted; their keyed hashes find them. */
export const identities = table("identities", {
  personId: text().primaryKey().references(() => persons.id),
  name: text().notNull(),
  emailSealed: text(),
  emailHash: text(),
  phoneSealed: text(),
  phoneHash: text(),
  employeeNoSealed: text(),
  employeeNoHash: text(),
  verifiedBy: text(),
  verifiedAt: instant(),
  ...made(),
}, (t) => [
  // Of those who have one: rows without would make an engine that looks at its tables believe that each finds many.
  uniqueIndex("identities_email").on(t.emailHash).where(sql`email_hash is not null`),
  uniqueIndex("identities_phone").on(t.phoneHash).where(sql`phone_hash is not null`),
  uniqueIndex("identities_employee_no").on(t.employeeNoHash).where(sql`employee_no_hash is not null`),
  index("identities_name").on(t.name),
  index("identities_unverified").on(t.personId).where(sql`verified_at is null`),
]);

/**
 * The ends of the names of those who agreed to be found by name, in small letters: 林雨桐, 雨桐, 桐. What a name contains, one of its ends
 * begins with, and that an index finds. Kept by triggers (db/name-part-triggers.ts); nothing else writes it.
 */
export const nameParts = table("name_parts", {
  part: bytewise().notNull(),
  personId: text().notNull(),
}, (t) => [primaryKey({ columns: [t.part, t.personId] })]);

/** Consent by purpose and version; withdrawing it ends the row, giving it again begins another. */
export const consents = table("consents", {
  id: id(),
  personId: text().notNull().references(() => persons.id),
  purpose: oneOf(["service", "evidence", "display_name"]).notNull(),
  textVersion: text().notNull(),
  givenAt: instant().notNull(),
  withdrawnAt: instant(),
}, (t) => [index("consents_person").on(t.personId)]);

export const GOVERNANCE_ROLES = ["teaching_researcher", "school_coordinator", "region_admin", "credit_auditor", "moderator", "data_protection_officer", "system_operator"] as const;

/** Governance roles only; seats in studios are `seats`. */
export const roleGrants = table("role_grants", {
  id: id(),
  personId: text().notNull().references(() => persons.id),
  role: oneOf(GOVERNANCE_ROLES).notNull(),
  scopeType: oneOf(["system", "region", "school", "studio"]).notNull(),
  /** Region, school or studio id; empty for the system. */
  scopeId: text().notNull().default(""),
  from: instant().notNull(),
  to: instant(),
  grantedBy: text(),
  endedBy: text(),
}, (t) => [index("role_grants_person").on(t.personId), index("role_grants_role").on(t.role, t.scopeType, t.scopeId).where(sql`"to" is null`), uniqueIndex("role_grants_open").on(t.personId, t.role, t.scopeType, t.scopeId).where(sql`"to" is null`)]);

/** A link that works once: it makes the first system operator, or lets a person set a new password. Only the hash of its token is kept. */
export const oneTimeLinks = table("one_time_links", {
  id: id(),
  tokenHash: text().notNull(),
  purpose: oneOf(["first_operator", "password"]).notNull(),
  personId: text().references(() => persons.id),
  issuedBy: text(),
  createdAt: instant().notNull(),
  expiresAt: instant().notNull(),
  usedAt: instant(),
}, (t) => [uniqueIndex("one_time_links_token").on(t.tokenHash), index("one_time_links_person").on(t.personId)]);

/** An account that a system operator has closed for a time: a dated row with its reason; open while it lasts. */
export const freezes = table("freezes", {
  id: id(),
  personId: text().notNull().references(() => persons.id),
  reason: text().notNull(),
  frozenBy: text().notNull(),
  from: instant().notNull(),
  to: instant(),
  liftedBy: text(),
}, (t) => [uniqueIndex("freezes_open").on(t.personId).where(sql`"to" is null`), index("freezes_now").on(t.id).where(sql`"to" is null`), index("freezes_person").on(t.personId)]);

/** What makes the codes of whoever has turned on a second factor. */
export const secondFactors = table("second_factors", {
  personId: text().primaryKey().references(() => persons.id),
  secretSealed: text().notNull(),
  /** The interval whose code was taken last: neither it nor an earlier one is taken again. */
  lastStep: integer().notNull(),
  createdAt: instant().notNull(),
});

/** Codes that stand in for a device that is lost, each of them once. Only hashes are kept; what was used is gone. */
export const recoveryCodes = table("recovery_codes", {
  id: id(),
  personId: text().notNull().references(() => persons.id),
  codeHash: text().notNull(),
}, (t) => [uniqueIndex("recovery_codes_code").on(t.personId, t.codeHash)]);

/* The tables of better-auth: property names are the library's, not ours. A user's id is the person's id. */

export const authUsers = table("auth_users", {
  id: text().primaryKey(),
  name: text().notNull(),
  email: text().notNull(),
  emailVerified: flag().notNull().default(false),
  image: text(),
  createdAt: instant().notNull(),
  updatedAt: instant().notNull(),
}, (t) => [uniqueIndex("auth_users_email").on(t.email)]);

export const authSessions = table("auth_sessions", {
  id: text().primaryKey(),
  userId: text().notNull().references(() => authUsers.id),
  token: text().notNull(),
  expiresAt: instant().notNull(),
  ipAddress: text(),
  userAgent: text(),
  createdAt: instant().notNull(),
  updatedAt: instant().notNull(),
}, (t) => [uniqueIndex("auth_sessions_token").on(t.token), index("auth_sessions_user").on(t.userId)]);

export const authAccounts = table("auth_accounts", {
  id: text().primaryKey(),
  userId: text().notNull().references(() => authUsers.id),
  accountId: text().notNull(),
  providerId: text().notNull(),
  accessToken: text(),
  refreshToken: text(),
  idToken: text(),
  accessTokenExpiresAt: instant(),
  refreshTokenExpiresAt: instant(),
  scope: text(),
  password: text(),
  createdAt: instant().notNull(),
  updatedAt: instant().notNull(),
}, (t) => [index("auth_accounts_user").on(t.userId)]);

export const authVerifications = table("auth_verifications", {
  id: text().primaryKey(),
  identifier: text().notNull(),
  value: text().notNull(),
  expiresAt: instant().notNull(),
  createdAt: instant().notNull(),
  updatedAt: instant().notNull(),
}, (t) => [index("auth_verifications_identifier").on(t.identifier)]);
