import { listAnnouncements } from "#db/announcements.ts";
import { countOpenApplications, findOpenApplication } from "#db/applications.ts";
import { findOpenInvitation } from "#db/invitations.ts";
import { listPrepsUnderWay } from "#db/preps.ts";
import { countQuietSeats, listSeatsOfRoles } from "#db/seats.ts";
import { listComingSeminars } from "#db/seminars.ts";
import { findFigures, mondayOf } from "#db/studio-figures.ts";
import { listGroups } from "#db/studio-groups.ts";
import { startOfSchoolDay } from "#db/school-day.ts";
import { doneSince, listPublicSeminars } from "#db/studio-goings-on.ts";
import type { StudioSeen } from "#db/studios.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import { seatIn } from "../people/standing.ts";
import { canOnStudio } from "./policy.ts";
import { EXPECTED_ROLES, quietSince } from "./quiet.ts";

/** Leads are bounded by a quota; beyond this many a home does not list them. */
const LEADS = 100;
const ROWS = 6;

/**
 * Everything that a studio's home shows to one viewer. The same number of statements for thirty members and for twelve thousand:
 * numbers come from `studio_figures`, lists are bounded.
 */
export async function studioHome(db: Db, viewer: Viewer | null, studio: StudioSeen, now: Date) {
  const seat = viewer ? seatIn(viewer, studio.id) : undefined;
  const member = seat !== undefined;
  const [figures, leads, announcements, seminars, preps, groups] = [
    await findFigures(db, studio.id),
    await listSeatsOfRoles(db, studio.id, ["subject_lead"], LEADS),
    await listAnnouncements(db, studio.id, 3),
    viewer ? await listComingSeminars(db, viewer, { studioId: studio.id }, { limit: ROWS }) : await listPublicSeminars(db, studio.id, now, ROWS),
    viewer && member ? await listPrepsUnderWay(db, viewer, studio.id, ROWS) : [],
    member ? await listGroups(db, studio.id) : [],
  ];
  const application = viewer && !member ? await findOpenApplication(db, studio.id, viewer.id) : undefined;
  const invitation = viewer && !member ? await findOpenInvitation(db, studio.id, viewer.id, now) : undefined;
  const waiting = viewer && canOnStudio(viewer, "seeApplications", studio) ? await countOpenApplications(db, studio.id) : 0;
  const quiet = viewer && canOnStudio(viewer, "seeQuiet", studio) ? await countQuietSeats(db, studio.id, EXPECTED_ROLES, quietSince(now)) : 0;
  const week = member ? await doneSince(db, studio.id, startOfSchoolDay(mondayOf(now))) : null;
  const members = figures?.members ?? 0;
  return {
    counts: {
      leads: leads.length,
      leadQuota: studio.quota.subjectLead,
      youngTeachers: figures?.youngTeachers ?? 0,
      youngQuota: studio.quota.youngTeacher,
      trainees: figures?.trainees ?? 0,
      // Counted in another week, it says nothing about this one.
      activeThisWeek: figures?.weekOf === mondayOf(now) ? figures.activeThisWeek : 0,
    },
    figures: figures && { cases: figures.cases, reuses: figures.reuses, seminars: figures.seminarsThisYear, rural: members > 0 ? figures.ruralRemote / members : null, members, asOf: figures.asOf },
    leads: leads.map((lead) => ({ personId: lead.personId, name: lead.name, group: lead.group, county: lead.county })),
    announcements: member ? announcements : [],
    seminars: seminars.map(({ id, title, state, startsAt, hostName }) => ({ id, title, state, startsAt, hostName })),
    preps: preps.map((prep) => ({ lessonId: prep.lessonId, title: prep.title, state: prep.state, group: prep.groupName, lead: prep.participants.find((one) => one.part === "lead_preparer")?.name ?? null, draftDue: prep.state === "individual_draft" ? (prep.deadlines.draft ?? null) : null })),
    own: {
      seat: seat ? { id: seat.id, role: seat.role, group: groups.find((group) => group.id === seat.groupId)?.name ?? null } : null,
      application: application ? (application.state === "waitlisted" ? ("waitlisted" as const) : ("pending" as const)) : null,
      invitation: invitation ? { id: invitation.id, role: invitation.role } : null,
    },
    waiting,
    quiet,
    week,
  };
}

export type StudioHome = Awaited<ReturnType<typeof studioHome>>;

/** What the viewer may do from the home, as its buttons ask. */
export function actsOf(viewer: Viewer | null, studio: StudioSeen) {
  const may = (act: Parameters<typeof canOnStudio>[1]) => viewer !== null && canOnStudio(viewer, act, studio);
  return {
    edit: may("edit"), approve: may("approve"), setQuota: may("setQuota"), handOver: may("handOver"), invite: may("invite.trainee"), seeMembers: may("seeMembers"), makeGroup: may("makeGroup"),
    seeApplications: may("seeApplications"), announce: may("announce"), startPrep: may("startPrep"), apply: may("apply"),
  };
}
