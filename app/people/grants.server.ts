import { audit } from "#db/audit.ts";
import { isDuplicate } from "#db/errors.ts";
import { countGrants, endGrantRow, findGrant, type GrantSeen, insertGrant } from "#db/grants.ts";
import { findIdentity, findIdentityByHash } from "#db/identities.ts";
import { isId } from "#db/ids.ts";
import { enqueue } from "#db/jobs.ts";
import { notify } from "#db/notices.ts";
import { confirmIdentity } from "#db/people.ts";
import { findPeopleNamed, findPersonFound, type PersonFound } from "#db/people-search.ts";
import { findRegion, regionPath } from "#db/regions.ts";
import { findSchool } from "#db/schools.ts";
import type { Db } from "#db/types.ts";
import type { GovernanceRole, Viewer } from "#db/viewer.ts";
import { type Permitted, permitted } from "../http/permitted.ts";
import { refuse } from "../http/refusals.ts";
import { mayGrant } from "./grant-policy.ts";
import { readLoginName } from "./login-name.ts";
import { officePage } from "./office-page.ts";
import type { Sessions } from "./sessions.ts";

export interface GrantOffer {
  role: GovernanceRole;
  scopeType: GrantSeen["scopeType"];
  scopeId: string;
  /** The name of the region or school; empty for the system. */
  place: string;
}

/** A role over a place that the viewer may give. @throws `notThere` when the place is not there, `notAllowed` */
export async function grantFor(db: Db, viewer: Viewer, role: GovernanceRole, scopeType: GrantOffer["scopeType"], scopeId: string): Promise<Permitted<"grant", GrantOffer>> {
  const place = await placeOf(db, scopeType, scopeId);
  if (!place) throw refuse("notThere");
  if (!mayGrant(viewer, { role, scopeType, regionPath: place.regionPath })) throw refuse("notAllowed");
  return permitted({ role, scopeType, scopeId, place: place.name });
}

/** A grant in force that the viewer may end. @throws `notThere`: others do not know of it */
export async function grantToEnd(db: Db, viewer: Viewer, grantId: string | undefined): Promise<Permitted<"end", GrantSeen>> {
  const grant = isId(grantId) ? await findGrant(db, grantId) : undefined;
  const place = grant && (await placeOf(db, grant.scopeType, grant.scopeId));
  if (!grant || !place || !mayGrant(viewer, { ...grant, regionPath: place.regionPath })) throw refuse("notThere");
  return permitted(grant);
}

/**
 * Somebody is appointed. Whoever appoints says by it who this is: a person whom nobody had confirmed is confirmed. Appointed twice is once.
 */
export async function grantRole(db: Db, viewer: Viewer, personId: string, offer: Permitted<"grant", GrantOffer>, at = new Date()): Promise<"granted" | "unknown"> {
  try {
    return await db.transaction(async (tx) => {
      if (!(await findPersonFound(tx, personId, null))) return "unknown";
      const { role, scopeType, scopeId } = offer;
      const id = await insertGrant(tx, { personId, role, scopeType, scopeId, grantedBy: viewer.id }, at);
      await audit(tx, { personId: viewer.id, onBehalfOf: personId, act: "role.granted", object: { type: "role_grant", id }, detail: { role, scopeType, scopeId } }, at);
      if (await confirmIdentity(tx, personId, viewer.id, at)) {
        await audit(tx, { personId: viewer.id, onBehalfOf: personId, act: "identity.confirmed", object: { type: "person", id: personId } }, at);
        await enqueue(tx, "person.confirmed", { personId });
      }
      await notify(tx, [personId], { kind: scopeType === "system" ? "roleGranted" : "roleGrantedIn", params: { role, place: offer.place, name: viewer.name }, href: officePage(offer) ?? "/me", key: `grant:${id}` }, at);
      await enqueue(tx, "access.changed", { personIds: [personId] });
      return "granted";
    });
  } catch (error) {
    if (isDuplicate(error)) return "granted";
    throw error;
  }
}

/** A grant ends. The last system operator cannot be ended: nobody could appoint another. */
export function endGrant(db: Db, viewer: Viewer, grant: Permitted<"end", GrantSeen>, at = new Date()): Promise<"ended" | "last"> {
  return db.transaction(async (tx) => {
    if (grant.role === "system_operator" && (await countGrants(tx, "system_operator", { except: grant.personId })) === 0) return "last";
    if (!(await endGrantRow(tx, grant.id, viewer.id, at))) return "ended";
    await audit(tx, { personId: viewer.id, onBehalfOf: grant.personId, act: "role.ended", object: { type: "role_grant", id: grant.id }, detail: { role: grant.role, scopeType: grant.scopeType, scopeId: grant.scopeId } }, at);
    await notify(tx, [grant.personId], { kind: grant.scopeType === "system" ? "roleEnded" : "roleEndedIn", params: { role: grant.role, place: grant.place, name: viewer.name }, href: "/me", key: `grant.ended:${grant.id}` }, at);
    await enqueue(tx, "access.changed", { personIds: [grant.personId] });
    return "ended";
  });
}

/** People found by the whole of a name or login, below a region where one is given. For those who appoint; the login itself is never shown. */
export async function findPeopleToAppoint(db: Db, sessions: Pick<Sessions, "keyedHashes">, typed: string, regionId: string | null): Promise<PersonFound[]> {
  const named = await findPeopleNamed(db, typed, regionId);
  const login = readLoginName(typed);
  const identity = login && (await findIdentityByHash(db, sessions.keyedHashes(`${login.kind}:${login.normalised}`)));
  const byLogin = identity && (await findPersonFound(db, identity.personId, regionId));
  return byLogin && !named.some((one) => one.id === byLogin.id) ? [byLogin, ...named] : named;
}

/** Whether a name is there to be shown: the person who is about to be appointed. */
export async function personToAppoint(db: Db, personId: string | undefined, regionId: string | null): Promise<PersonFound> {
  const person = isId(personId) && (await findIdentity(db, personId)) ? await findPersonFound(db, personId, regionId) : undefined;
  if (!person) throw refuse("notThere");
  return person;
}

async function placeOf(db: Db, scopeType: GrantOffer["scopeType"], scopeId: string): Promise<{ name: string; regionPath: string[] } | undefined> {
  switch (scopeType) {
    case "system":
      return scopeId === "" ? { name: "", regionPath: [] } : undefined;
    case "region": {
      const region = isId(scopeId) ? await findRegion(db, scopeId) : undefined;
      return region && { name: region.name, regionPath: await regionPath(db, region.id) };
    }
    case "school": {
      const school = isId(scopeId) ? await findSchool(db, scopeId) : undefined;
      return school && { name: school.name, regionPath: await regionPath(db, school.regionId) };
    }
    case "studio":
      return undefined;
  }
}
