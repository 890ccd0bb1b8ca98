import { and, eq, inArray } from "drizzle-orm";
import type WebSocket from "ws";
import { newId } from "#db/ids.ts";
import { individualNotes, lessonPlans, lessonPreps, lessons, minutes, seminars } from "#db/schema/index.ts";
import { circleOf, nearOf } from "#tests/doors/circle.ts";
import type { House } from "#tests/doors/house.ts";
import { KINDS, knockersAt } from "#tests/doors/knockers.ts";
import { askFor, shake } from "#tests/doors/lines.ts";
import { asksToSignIn } from "#tests/doors/sameness.ts";

/** How each path is knocked at: what an entitled person gets there, and what the others. A new path is an error until somebody knows. */
const knocks: Record<string, (house: House, path: string) => Promise<string[]>> = { "/collab": atDocuments, "/room": atRooms, "/rtc": atSignalling, "/rtc/v1": atSignalling };

/** Knocks at every path on which the server takes a socket. @returns what is wrong, by path */
export async function knockAtSockets(house: House): Promise<string[]> {
  const faults: string[] = [];
  for (const path of house.sockets) {
    const knock = knocks[path];
    if (!knock) throw new Error(`Nobody knows how to knock at ${path}: say it in tests/doors/sockets.ts.`);
    faults.push(...(await knock(house, path)));
    const visitor = await shake(house, null, path);
    if (!visitor.refusal?.startsWith("401")) faults.push(`${path}: a visitor gets ${visitor.refusal ?? "in"}`);
    const foreign = await shake(house, house.everyKind[0] ?? "", path, { origin: "https://evil.example" });
    if (!foreign.refusal?.startsWith("403")) faults.push(`${path}: a foreign page gets ${foreign.refusal ?? "in"}`);
  }
  const elsewhere = await shake(house, house.everyKind[0] ?? "", "/elsewhere");
  if (!elsewhere.refusal?.startsWith("404")) faults.push(`/elsewhere: ${elsewhere.refusal ?? "in"}`);
  return faults;
}

async function atDocuments(house: House, path: string): Promise<string[]> {
  const faults: string[] = [];
  const lines = new Map<string, WebSocket>();
  const lineOf = async (who: string) => {
    const known = lines.get(who) ?? (await shake(house, who, path)).line;
    if (!known) throw new Error(`${who} has no line`);
    lines.set(who, known);
    return known;
  };
  const kinds = new Set<string>();
  for (const { name, studioId, values } of await documents(house)) {
    const circle = await circleOf(house.db, values);
    const [entitled] = [...(circle ?? house.everyKind)];
    const answer = entitled ? await askFor(await lineOf(entitled), name) : "nobody";
    if (answer !== "writes" && answer !== "reads") faults.push(`${name}: whoever may is told ${answer}`);
    if (!circle) continue;
    for (const { who, kind } of knockersAt(house, studioId, circle, await nearOf(house.db, values, circle))) {
      kinds.add(kind);
      const line = await lineOf(who);
      const here = await askFor(line, name);
      const there = await askFor(line, `${name.split(":")[0]}:${newId()}`);
      if (!here.startsWith("denied")) faults.push(`${name}: ${kind} ${here}`);
      else if (here !== there) faults.push(`${name}: ${kind} is told ${here}, and ${there} where there is nothing`);
    }
  }
  for (const line of lines.values()) line.terminate();
  if (kinds.size < KINDS.length) faults.push(`${path}: only ${[...kinds].join(", ")} knocked`);
  return faults;
}

/** One plan of each kind and stage, hidden drafts among them, and all minutes. */
async function documents(house: House): Promise<{ name: string; studioId: string | null; values: Record<string, string> }[]> {
  const plans = await house.db
    .select({ id: lessonPlans.id, kind: lessonPlans.kind, studioId: lessons.studioId, state: lessonPreps.state, note: individualNotes.state })
    .from(lessonPlans).innerJoin(lessons, eq(lessons.id, lessonPlans.lessonId)).leftJoin(lessonPreps, eq(lessonPreps.id, lessonPlans.prepId)).leftJoin(individualNotes, eq(individualNotes.planId, lessonPlans.id));
  const oneOfEach = [...new Map(plans.map((plan) => [`${plan.kind} ${plan.state} ${plan.note}`, plan])).values()];
  for (const note of [null, "draft", "submitted", "revealed"]) if (!oneOfEach.some((plan) => plan.note === note)) throw new Error(`The demonstration has no plan whose note is ${note}.`);
  const written = await house.db.select({ seminarId: minutes.seminarId, studioId: seminars.studioId }).from(minutes).innerJoin(seminars, eq(seminars.id, minutes.seminarId));
  if (written.length === 0) throw new Error("The demonstration has no minutes.");
  return [
    ...oneOfEach.map(({ id, studioId }) => ({ name: `plan:${id}`, studioId, values: { planId: id } })),
    ...written.map(({ seminarId, studioId }) => ({ name: `minutes:${seminarId}`, studioId, values: { seminarId } })),
  ];
}

async function atRooms(house: House, path: string): Promise<string[]> {
  const faults: string[] = [];
  const seminar = await openSeminar(house);
  const there = `${path}?seminar=${newId()}`;
  const here = `${path}?seminar=${seminar.id}`;
  const host = await shake(house, seminar.hostId, here);
  if (!host.line) faults.push(`the host is refused: ${host.refusal}`);
  host.line?.terminate();
  for (const { who, kind } of knockersAt(house, seminar.studioId, await circleOf(house.db, { seminarId: seminar.id }))) {
    const answer = await shake(house, who, here);
    answer.line?.terminate();
    if (!answer.refusal?.startsWith("404")) faults.push(`${kind} gets ${answer.refusal ?? "in"}`);
    if (answer.refusal !== (await shake(house, who, there)).refusal) faults.push(`${kind} can tell it from nothing`);
  }
  return faults;
}

async function atSignalling(house: House, path: string): Promise<string[]> {
  const faults: string[] = [];
  const seminar = await openSeminar(house);
  const ticket = async (who: string | null) => house.ask(who, `/seminars/${seminar.id}/ticket`, { method: "POST", headers: { origin: house.url } });
  const { token } = JSON.parse((await ticket(seminar.hostId)).body) as { token: string };
  const here = `${path}?access_token=${token}`;
  const validate = `${path}/validate?access_token=`;
  const host = await shake(house, seminar.hostId, here);
  if (!host.line) faults.push(`the host is refused: ${host.refusal}`);
  host.line?.terminate();
  if ((await house.ask(seminar.hostId, validate + token)).status !== 200) faults.push("the host's ticket is not valid");
  for (const { who, kind } of knockersAt(house, seminar.studioId, await circleOf(house.db, { seminarId: seminar.id }))) {
    const own = await ticket(who);
    if (own.status !== 404) faults.push(`${kind} gets a ticket: ${own.status}`);
    const answer = await shake(house, who, here);
    answer.line?.terminate();
    if (!answer.refusal?.startsWith("403")) faults.push(`${kind} gets ${answer.refusal ?? "in"} with a forwarded ticket`);
    if (answer.refusal !== (await shake(house, who, `${path}?access_token=nothing`)).refusal) faults.push(`${kind} can tell a ticket from nothing`);
    if ((await house.ask(who, validate + token)).status !== 403) faults.push(`${kind} has a forwarded ticket called valid`);
  }
  if (!asksToSignIn(await ticket(null))) faults.push("a visitor gets a ticket");
  return faults;
}

/** A seminar that goes on for those who prepare one lesson alone. */
export async function openSeminar(house: House) {
  const [seminar] = await house.db.select().from(seminars).where(and(eq(seminars.visibility, "prep"), inArray(seminars.state, ["lobby", "live"])));
  if (!seminar) throw new Error("No seminar goes on for those who prepare one lesson alone: see evening.ts.");
  return seminar;
}

/** A document, the room, and the way to picture and sound, as a page of this person has them open. */
export async function openLines(house: House, who: string, seminar: Awaited<ReturnType<typeof openSeminar>>): Promise<WebSocket[]> {
  const { body } = await house.ask(who, `/seminars/${seminar.id}/ticket`, { method: "POST", headers: { origin: house.url } });
  const { token } = JSON.parse(body) as { token: string };
  const lines: WebSocket[] = [];
  for (const path of ["/collab", `/room?seminar=${seminar.id}`, `/rtc?access_token=${token}`]) {
    const { line, refusal } = await shake(house, who, path);
    if (!line) throw new Error(`${path}: ${refusal}`);
    lines.push(line);
  }
  const [common] = await house.db.select({ id: lessonPlans.id }).from(lessonPlans).where(and(eq(lessonPlans.prepId, seminar.prepId ?? ""), eq(lessonPlans.kind, "common")));
  const answer = await askFor(lines[0] as WebSocket, `plan:${common?.id}`);
  if (answer !== "writes" && answer !== "reads") throw new Error(`the common plan: ${answer}`);
  return lines;
}
