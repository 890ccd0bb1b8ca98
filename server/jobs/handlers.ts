import { remindOfDeadline } from "#app/preps/reminders.server.ts";
import { requestPasswordLink } from "#app/people/one-time-link.server.ts";
import type { Documents } from "#app/plans/documents.ts";
import { noteSecondPrep } from "#app/plans/second-prep.server.ts";
import { tellReusers } from "#app/resources/tell-reusers.server.ts";
import { indexOne } from "#app/search/index-document.server.ts";
import { beginMinutes } from "#app/seminars/begin-minutes.server.ts";
import { closeForgottenSeminar } from "#app/seminars/close.server.ts";
import { remindOfSeminar } from "#app/seminars/remind.server.ts";
import { writeReport } from "#app/seminars/report.server.ts";
import type { RoomServices } from "#app/seminars/seminar-rooms.ts";
import { admitConfirmed } from "#app/studios/admit.server.ts";
import { keepFigures } from "#app/studios/count-figures.server.ts";
import { noticeMembers } from "#app/studios/notice-members.server.ts";
import type { Db } from "#db/types.ts";
import type { SearchEngine } from "#search/engine.ts";
import { projectDoc } from "../collab/projection.ts";
import type { Mail } from "../mail.ts";
import type { ServerSessions } from "../sessions.ts";
import { moveSecret } from "./move-secret.ts";
import { sendPasswordLetter } from "./password-letter.ts";
import type { JobHandlers } from "./worker.ts";

export interface JobServices {
  db: Db;
  mail: Mail;
  sessions: ServerSessions;
  publicUrl: string;
  documents: Documents;
  search: SearchEngine;
  seminars: RoomServices;
  /** Asks those who are inside somewhere whether they may still be. */
  recheck: JobHandlers["access.changed"];
  /** Told how many people's logins were sealed anew, at the end. */
  secretMoved(count: number): void;
}

/** Who does what for each kind of job. A room's handler stands in the room; here is only the list. */
export function makeHandlers(services: JobServices): Partial<JobHandlers> {
  const { db, documents } = services;
  return {
    "access.changed": services.recheck,
    "doc.project": async ({ docId }) => {
      await projectDoc(db, documents, docId);
      await noteSecondPrep(db, docId);
    },
    "mail.send": (payload) => sendPasswordLetter(services, payload),
    "password.asked": ({ login }) => requestPasswordLink(db, services.sessions, services.sessions.unseal(login)),
    "person.confirmed": ({ personId }) => admitConfirmed(services.db, personId),
    "notice.studio": (told) => noticeMembers(db, told),
    "prep.remind": (due) => remindOfDeadline(db, due),
    "resource.ended": (ended) => tellReusers(db, ended),
    "search.index": (one) => indexOne(db, services.search, one),
    "seminar.close": ({ seminarId }) => closeForgottenSeminar(services.seminars, seminarId),
    "seminar.remind": ({ seminarId }) => remindOfSeminar(db, seminarId),
    "seminar.report": ({ seminarId }) => writeReport(db, seminarId, { beginMinutes: (seminar) => beginMinutes(db, documents, seminar) }),
    "secret.move": (from) => moveSecret(db, services.sessions, from, services.secretMoved),
    "studio.figures": ({ studioId }) => keepFigures(db, studioId),
  };
}
