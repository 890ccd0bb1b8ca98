import type { IncomingMessage, ServerResponse } from "node:http";
import { TrackSource, type WebhookEvent, WebhookReceiver } from "livekit-server-sdk";
import { isId } from "#db/ids.ts";
import { closeStay, closeStaysOf, keepMediaEvent, MICROPHONE_OPENED, openStay } from "#db/seminar-presence.ts";
import { findSeminar } from "#db/seminars.ts";
import type { Db } from "#db/types.ts";
import { findViewer } from "#db/viewer.ts";
import { isPersonal, joinedAtOf } from "./rooms.ts";
import type { LiveLog, LiveServer } from "./settings.ts";

const LONGEST_BYTES = 512 * 1024;

export interface WebhookServices {
  db: Db;
  server(): LiveServer | undefined;
  /** Somebody came who is to be asked at once whether they may be there. */
  arrived(seminarId: string, personId: string): void;
  log: LiveLog;
}

/**
 * Takes LiveKit's reports. One that is not signed with our key changes nothing (401); one that came before changes nothing (200). They may come late,
 * twice or in the wrong order. An answer of 200 means that it is kept; otherwise LiveKit sends it again, and the sweep makes up for what is lost.
 *
 * @returns resolves when the report is kept or refused
 */
export function webhookHandler(services: WebhookServices): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return (request, response) =>
    take(services, request).then(
      // What was too long was not read to its end: nothing else may come on this line.
      (status) => void response.writeHead(status, { "cache-control": "no-store", ...(status === 413 && { connection: "close" }) }).end(),
      (error: unknown) => {
        services.log.error({ error }, "a report of the media server could not be kept");
        if (!response.headersSent) response.writeHead(500).end();
      },
    );
}

async function take(services: WebhookServices, request: IncomingMessage): Promise<200 | 401 | 413 | 503> {
  const server = services.server();
  if (!server) return 503;
  const body = await bodyOf(request);
  if (body === undefined) return 413;
  let event: WebhookEvent;
  try {
    event = await new WebhookReceiver(server.apiKey, server.apiSecret).receive(body, request.headers.authorization);
  } catch {
    // Unsigned, signed with another key, expired, or not about this body: whoever sent it learns nothing more.
    return 401;
  }
  await keepReport(services, event);
  return 200;
}

/** Keeps one verified report and what follows from it, in one transaction. */
export async function keepReport({ db, arrived }: Pick<WebhookServices, "db" | "arrived">, event: WebhookEvent, receivedAt = new Date()): Promise<void> {
  const seminarId = event.room?.name ?? "";
  if (!isId(seminarId) || !event.id || !(await findSeminar(db, seminarId))) return;
  const { participant } = event;
  const at = new Date(Number(event.createdAt) * 1000);
  const personId = participant && isPersonal(participant) && (await findViewer(db, participant.identity)) ? participant.identity : undefined;
  const came = await db.transaction(async (tx) => {
    const fresh = await keepMediaEvent(tx, { id: event.id, event: nameOf(event), room: seminarId, participant: participant?.identity ?? null, sid: participant?.sid ?? null, at, receivedAt });
    if (!fresh) return false;
    if (event.event === "room_finished") await closeStaysOf(tx, seminarId, "webrtc", at);
    if (!participant || !personId) return false;
    const stay = { seminarId, personId, channel: "webrtc" as const, sourceId: participant.sid };
    if (event.event === "participant_joined") await openStay(tx, stay, joinedAtOf(participant));
    if (event.event === "participant_left") await closeStay(tx, stay, joinedAtOf(participant), at);
    return event.event === "participant_joined";
  });
  if (came && personId) arrived(seminarId, personId);
}

function nameOf(event: WebhookEvent): string {
  return event.event === "track_published" && event.track?.source === TrackSource.MICROPHONE ? MICROPHONE_OPENED : event.event;
}

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > LONGEST_BYTES) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}
