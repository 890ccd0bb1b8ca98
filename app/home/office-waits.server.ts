import { lackingConsents } from "#db/consents.ts";
import { countJobs } from "#db/jobs.ts";
import { countGrants } from "#db/grants.ts";
import { countUnconfirmedOfSchool, countUnconfirmedBelow } from "#db/people.ts";
import { countOpenCases } from "#db/resources.ts";
import { listSchools } from "#db/schools.ts";
import { countWaitingDrafts } from "#db/studios.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import { CONSENT_VERSION, REQUIRED_PURPOSES } from "../people/consent.ts";
import { lacksSecondFactor } from "../people/second-factor.server.ts";
import type { Wait } from "./waits.server.ts";

/** What waits for whoever holds an office: drafts of studios, teachers to confirm, reports, and, for the first of an empty place, what comes first. */
export async function waitsOfOffices(db: Db, viewer: Viewer): Promise<Wait[]> {
  const waits: Wait[] = [];
  for (const grant of viewer.grants) {
    switch (grant.role) {
      case "region_admin": {
        if ((await listSchools(db, grant.scopeId, { limit: 1 })).length === 0) waits.push({ key: "firstSchool", params: {}, href: `/regions/${grant.scopeId}`, due: null });
        const drafts = await countWaitingDrafts(db, viewer, grant.scopeId);
        if (drafts > 0) waits.push({ key: "studioDrafts", params: { count: drafts }, href: `/regions/${grant.scopeId}`, due: null });
        const teachers = await countUnconfirmedBelow(db, grant.scopeId);
        if (teachers > 0) waits.push({ key: "teachers", params: { count: teachers }, href: `/regions/${grant.scopeId}`, due: null });
        break;
      }
      case "school_coordinator": {
        const teachers = await countUnconfirmedOfSchool(db, grant.scopeId, viewer.id);
        if (teachers > 0) waits.push({ key: "teachers", params: { count: teachers }, href: `/schools/${grant.scopeId}/teachers`, due: null });
        break;
      }
      case "moderator": {
        const cases = await countOpenCases(db);
        if (cases > 0) waits.push({ key: "reports", params: { count: cases }, href: "/moderation", due: null });
        break;
      }
      case "system_operator": {
        const { failed } = await countJobs(db);
        if (failed > 0) waits.push({ key: "failedJobs", params: { count: failed }, href: "/operations", due: null });
        if ((await countGrants(db, "region_admin")) === 0) waits.push({ key: "firstAdministrator", params: {}, href: "/operations/people", due: null });
        break;
      }
    }
  }
  return waits;
}

/** What stands between a teacher and full use of the place: a text that changed, a second factor that her offices ask for, a school to say, so that somebody can confirm her. */
export async function waitsOfOneself(db: Db, viewer: Viewer): Promise<Wait[]> {
  const waits: Wait[] = [];
  if ((await lackingConsents(db, viewer.id, REQUIRED_PURPOSES, CONSENT_VERSION)).length > 0) waits.push({ key: "consent", params: {}, href: "/me/consents", due: null });
  if (await lacksSecondFactor(db, viewer)) waits.push({ key: "secondFactor", params: {}, href: "/me/second-factor", due: null });
  if (!viewer.verified && !viewer.schoolId) waits.push({ key: "school", params: {}, href: "/me/profile", due: null });
  return waits;
}
