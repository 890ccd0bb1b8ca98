import { and, eq } from "drizzle-orm";
import { invitations, seminars, studios } from "#db/schema/index.ts";
import { demoId } from "#server/demo/ids.ts";
import type { House } from "#tests/doors/house.ts";

type Prepare = (house: House) => Promise<{ address: string; who: string | null }>;

const master = demoId("person", "zhou-wenlan");

/** Pages that nobody of the demonstration can open as it stands, and what people do first so that somebody can. */
export const preparations: Record<string, Prepare> = {
  "/seminars/:seminarId/room": async (house) => {
    const [seminar] = await house.db.select().from(seminars).where(and(eq(seminars.state, "scheduled"), eq(seminars.visibility, "public"))).limit(1);
    if (!seminar) throw new Error("The demonstration has no public seminar to come.");
    await post(house, seminar.hostId, `/seminars/${seminar.id}/enter`, {});
    await post(house, seminar.hostId, `/seminars/${seminar.id}/room`, { act: "start" });
    await post(house, seminar.hostId, `/seminars/${seminar.id}/room`, { act: "say", body: "各位老师好，我们先看第二课时的任务单。", key: "begin" });
    return { address: `/seminars/${seminar.id}/room`, who: seminar.hostId };
  },
  "/invitations/:invitationId": async (house) => {
    const [studio] = await house.db.select().from(studios).where(eq(studios.masterId, master)).limit(1);
    await post(house, master, `/studios/${studio?.id}/invitations/new`, { personId: house.stranger, role: "trainee", message: "欢迎来听我们的课。" });
    const [invitation] = await house.db.select().from(invitations).where(and(eq(invitations.personId, house.stranger), eq(invitations.state, "open")));
    if (!invitation) throw new Error("The master's invitation was not kept.");
    return { address: `/invitations/${invitation.id}`, who: house.stranger };
  },
  "/password/reset/:token": async (house) => {
    for (const who of house.everyKind) {
      const answer = await house.ask(who, `/people/${demoId("person", "lin-yutong")}/password-link`, { method: "POST", headers: { origin: house.url } });
      const [, path] = /(\/password\/reset\/[\w-]+)</.exec(answer.body) ?? [];
      if (path) return { address: path, who: null };
    }
    throw new Error("Nobody can make a one-time link for 林雨桐.");
  },
};

async function post(house: House, who: string, address: string, fields: Record<string, string>): Promise<void> {
  const { status, body } = await house.ask(who, address, { method: "POST", headers: { origin: house.url }, body: new URLSearchParams(fields) });
  if (status >= 400) throw new Error(`${address} answers ${status}: ${body.slice(0, 300)}`);
}
