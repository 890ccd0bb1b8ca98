import { eq } from "drizzle-orm";
import { newId } from "#db/ids.ts";
import { attachments, lessonPlans, lessons, resources, resourceVersions, seminars } from "#db/schema/index.ts";
import { circleOf, circleOfFiles, nearOf } from "#tests/doors/circle.ts";
import type { Answer, House } from "#tests/doors/house.ts";
import { KINDS, type Knocker, knockersAt } from "#tests/doors/knockers.ts";
import { changed, rowsOf } from "#tests/doors/rows.ts";
import { asksToSignIn, bare } from "#tests/doors/sameness.ts";
import { aWordFile, line } from "#tests/plans/word-files.ts";

/** A file of the house with who may have it. */
interface Hung {
  id: string;
  ownerType: string;
  ownerId: string;
  circle: ReadonlySet<string>;
  /** Hangs at something that everybody may read, and is not for everybody to have. */
  readOnly: boolean;
  knockers: Knocker[];
}

/** Addresses before the pages that tell nothing of anybody: the whole list. `/session` says whether one's own goes on, the webhook has its signature. */
const OPEN = ["/healthz", "/readyz", "/session", "/live/webhook"];

/** How each other address is knocked at; signalling is in sockets.test.ts. A new address is an error until somebody knows. */
const knocks: Record<string, (house: House, hung: readonly Hung[]) => Promise<string[]>> = {
  "/files/:attachmentId": (house, hung) => atFiles(house, hung, (id) => [`/files/${id}`, `/files/${id}?download`]),
  "/files/:attachmentId/:name": (house, hung) => atFiles(house, hung, (id) => [`/files/${id}/${encodeURIComponent("练习.docx")}`]),
  "/uploads/simple": (house, hung) => atUploads(house, hung, sendAsForm),
  "/^\\/uploads(\\/[0-9a-f]{32})?$/": (house, hung) => atUploads(house, hung, sendInPieces),
  "/rtc/validate": async () => [],
  "/rtc/v1/validate": async () => [],
};

/** Knocks at everything that is answered before the pages. @returns what is wrong */
export async function knockAtPlain(house: House): Promise<string[]> {
  const faults = OPEN.filter((address) => !house.plain.includes(address)).map((address) => `${address} is not there`);
  const hung = await hungFiles(house);
  if (!hung.some((one) => one.readOnly)) faults.push("no file hangs at a publication that may only be read");
  for (const type of ["plan", "seminar", "resource_version"]) if (!hung.some((one) => one.ownerType === type)) faults.push(`no file hangs at a ${type}`);
  if (new Set(hung.flatMap((one) => one.knockers.map(({ kind }) => kind))).size < KINDS.length) faults.push("not every kind of people knocked");
  for (const address of house.plain.filter((one) => !OPEN.includes(one))) {
    const knock = knocks[address];
    if (!knock) throw new Error(`Nobody knows how to knock at ${address}: say it in tests/doors/plain.ts.`);
    faults.push(...(await knock(house, hung)));
  }
  return faults;
}

async function atFiles(house: House, hung: readonly Hung[], addresses: (id: string) => string[]): Promise<string[]> {
  const faults: string[] = [];
  const lost = newId();
  const ways: RequestInit[] = [{}, { method: "HEAD" }, { headers: { range: "bytes=0-9" } }, { headers: { "if-none-match": "*" } }];
  for (const { id, circle, knockers } of hung) {
    for (const [index, address] of addresses(id).entries()) {
      const [entitled = ""] = circle;
      const given = await house.ask(entitled, address);
      if (given.status !== 200) faults.push(`${address}: whoever may have it gets ${given.status}`);
      for (const way of ways) {
        for (const { who, kind } of [...knockers, { who: null, kind: "a visitor" }]) {
          const here = bare(await house.ask(who, address, way), [id]);
          const there = bare(await house.ask(who, addresses(lost)[index] ?? "", way), [lost]);
          if (here.status !== 404 && !(who === null && here.status === 302)) faults.push(`${address}: ${kind} gets ${here.status}`);
          else if (JSON.stringify(here) !== JSON.stringify(there)) faults.push(`${address}: ${kind} can tell it from nothing`);
        }
      }
    }
  }
  return faults;
}

type Send = (house: House, who: string | null, ownerType: string, ownerId: string, name: string, bytes: Uint8Array<ArrayBuffer>) => Promise<Answer>;

async function atUploads(house: House, hung: readonly Hung[], send: Send): Promise<string[]> {
  const faults: string[] = [];
  const bytes = new Uint8Array(await aWordFile([line("试门")]));
  const before = await rowsOf(house.db);
  for (const { ownerType, ownerId, knockers } of hung) {
    for (const { who, kind } of [...knockers, { who: null, kind: "a visitor" }]) {
      const here = await send(house, who, ownerType, ownerId, "试门.docx", bytes);
      const there = await send(house, who, ownerType, newId(), "试门.docx", bytes);
      if (here.status !== 404 && !(who === null && asksToSignIn(here))) faults.push(`${ownerType}: ${kind} gets ${here.status}`);
      if (JSON.stringify(bare(here, [])) !== JSON.stringify(bare(there, []))) faults.push(`${ownerType}: ${kind} can tell it from nothing`);
    }
  }
  const written = changed(before, await rowsOf(house.db));
  if (written.length > 0) faults.push(`somebody without a right to it changed ${written.join(", ")}`);
  for (const { ownerType, ownerId, circle } of hung.filter((one) => one.ownerType !== "resource_version")) {
    const answers: number[] = [];
    for (const who of circle) answers.push((await send(house, who, ownerType, ownerId, `${who}.docx`, bytes)).status);
    if (!answers.some((status) => status === 200 || status === 201)) faults.push(`${ownerType}: nobody may upload: ${answers.join(" ")}`);
  }
  return faults;
}

const sendAsForm: Send = (house, who, ownerType, ownerId, name, bytes) => {
  const body = new FormData();
  for (const [key, value] of Object.entries({ ownerType, ownerId, kind: "worksheet" })) body.append(key, value);
  body.append("file", new Blob([bytes]), name);
  return house.ask(who, "/uploads/simple", { method: "POST", headers: { origin: house.url, accept: "application/json" }, body });
};

/** By the tus protocol: begun by whom it is, and the whole of it in one piece. What one has begun nobody else goes on with. */
const sendInPieces: Send = async (house, who, ownerType, ownerId, name, bytes) => {
  const metadata = Object.entries({ ownerType, ownerId, kind: "worksheet", name }).map(([key, value]) => `${key} ${Buffer.from(value).toString("base64")}`).join(",");
  const tus = { origin: house.url, "tus-resumable": "1.0.0" };
  const begun = await house.ask(who, "/uploads", { method: "POST", headers: { ...tus, "upload-length": String(bytes.byteLength), "upload-metadata": metadata } });
  if (begun.status !== 201 || !begun.location) return begun;
  const piece = { method: "PATCH", headers: { ...tus, "upload-offset": "0", "content-type": "application/offset+octet-stream" }, body: bytes };
  for (const way of [piece, { method: "HEAD", headers: tus }, { method: "DELETE", headers: tus }]) {
    const other = await house.ask(house.stranger, begun.location, way);
    if (other.status !== 404) return other;
  }
  return house.ask(who, begun.location, piece);
};

async function hungFiles(house: House): Promise<Hung[]> {
  const { db } = house;
  const found: Hung[] = [];
  for (const { id, ownerType, ownerId } of await db.select().from(attachments)) {
    const { values, studioId } = await ownerOf(house, ownerType, ownerId);
    const circle = (await circleOf(db, values)) ?? (await circleOfFiles(db, values));
    if (circle && circle.size > 0) found.push({ id, ownerType, ownerId, circle, readOnly: (await circleOf(db, values)) === undefined, knockers: knockersAt(house, studioId, circle, await nearOf(db, values, circle)) });
  }
  return found;
}

/** What the file hangs at, as an address names it. */
async function ownerOf(house: House, ownerType: string, ownerId: string): Promise<{ values: Record<string, string>; studioId: string | null }> {
  const { db } = house;
  if (ownerType === "seminar") return { values: { seminarId: ownerId }, studioId: (await db.select().from(seminars).where(eq(seminars.id, ownerId)))[0]?.studioId ?? null };
  if (ownerType === "plan") return { values: { planId: ownerId }, studioId: (await db.select({ studioId: lessons.studioId }).from(lessonPlans).innerJoin(lessons, eq(lessons.id, lessonPlans.lessonId)).where(eq(lessonPlans.id, ownerId)))[0]?.studioId ?? null };
  const [resource] = await db.select({ id: resources.id, studioId: resources.studioId }).from(resourceVersions).innerJoin(resources, eq(resources.id, resourceVersions.resourceId)).where(eq(resourceVersions.id, ownerId));
  return { values: { resourceId: resource?.id ?? "" }, studioId: resource?.studioId ?? null };
}
