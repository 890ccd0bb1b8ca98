import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import http from "node:http";
import https from "node:https";
import type { Duplex } from "node:stream";
import { TokenVerifier, type VideoGrant } from "livekit-server-sdk";
import type { LiveGrants } from "#app/seminars/live-rooms.ts";
import type { Viewer } from "#db/viewer.ts";
import type { LiveServer } from "./settings.ts";

export interface GateServices {
  server(): LiveServer | undefined;
  /** Whether a handshake comes from one of our own pages. */
  ownOrigin(headers: IncomingHttpHeaders): boolean;
  /** The person whose session a request carries, asked anew each time. */
  viewerOf(request: IncomingMessage): Promise<Viewer | null>;
  /** Takes one of the handshakes that this person has left. @returns false when there is none, for now */
  spend(viewer: Viewer): boolean;
  mayEnter(viewer: Viewer, room: string): Promise<{ in: true; grants: LiveGrants } | { in: false }>;
}

/** Whom to ask again: whoever fits one of the lists. Of documents nothing hangs here. */
export interface WhoseAccess {
  personIds?: readonly string[];
  seminarIds?: readonly string[];
  docIds?: readonly string[];
}

/** Whether somebody in a seminar is meant. */
export function isMeant(whose: WhoseAccess | undefined, inside: { personId: string; seminarId: string }): boolean {
  return whose === undefined || (whose.personIds?.includes(inside.personId) ?? false) || (whose.seminarIds?.includes(inside.seminarId) ?? false);
}

export interface Gate {
  /** Takes a WebSocket handshake of `/rtc…`. @returns false when the path is somebody else's */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Answers `GET /rtc/validate` and `/rtc/v1/validate`, by which a client asks why its handshake was refused. @returns false for other paths */
  validate(request: IncomingMessage, response: ServerResponse): boolean;
  /** Asks those inside again (all of them, without lists), ends the lines of those who may no longer be there, and says whose they were. */
  recheck(whose?: WhoseAccess): Promise<{ seminarId: string; personId: string }[]>;
  /** Lines that are open, for tests and figures. */
  open(): number;
  closeAll(): void;
}

/** Every path on which LiveKit takes signalling: clients before and after version 1 of the protocol. */
const SIGNALLING = new Set(["/rtc", "/rtc/v1"]);
const VALIDATION = new Set(["/rtc/validate", "/rtc/v1/validate"]);

interface Line {
  request: IncomingMessage;
  personId: string;
  seminarId: string;
  end(): void;
}

type Answer = { status: 401 | 403 | 404 | 429 | 503; why: string };

/**
 * The only way to LiveKit's signalling. A ticket alone opens nothing: the open server honours the old ticket of somebody who was removed, so each
 * handshake is asked for its origin, its session, whose ticket it is and for what, and whether the seminar lets this person in now. Only then bytes
 * are passed on, both ways, with back-pressure; when one side ends, so does the other. Media flow directly.
 */
export function makeGate(services: GateServices): Gate {
  const lines = new Set<Line>();

  const ask = async (request: IncomingMessage, line: (personId: string, seminarId: string) => void): Promise<Answer | LiveServer> => {
    if (!services.ownOrigin(request.headers)) return { status: 403, why: "this handshake did not come from one of our own pages" };
    const viewer = await services.viewerOf(request);
    if (!viewer) return { status: 401, why: "not signed in" };
    if (!services.spend(viewer)) return { status: 429, why: "too many handshakes just now" };
    const server = services.server();
    if (!server) return { status: 503, why: "there is no media server" };
    const ticket = await new TokenVerifier(server.apiKey, server.apiSecret).verify(tokenOf(request)).catch(() => undefined);
    const room = ticket?.video?.room;
    if (!ticket?.video || !room || ticket.sub !== viewer.id || !ticket.video.roomJoin) return { status: 403, why: "this ticket is not yours" };
    line(viewer.id, room);
    const entry = await services.mayEnter(viewer, room);
    if (!entry.in || exceeds(ticket.video, entry.grants)) return { status: 403, why: "the seminar does not let you in with this ticket" };
    return server;
  };

  const upgrade = async (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    let line: Line | undefined;
    let upstream: http.ClientRequest | undefined;
    const forget = () => {
      if (line) lines.delete(line);
      upstream?.destroy();
    };
    socket.on("error", () => socket.destroy());
    socket.once("close", forget);
    const answer = await ask(request, (personId, seminarId) => {
      // Known from before the question is asked, so that a removal in between ends this line as well.
      line = { request, personId, seminarId, end: () => socket.destroy() };
      lines.add(line);
    });
    if (socket.destroyed) return forget();
    if ("status" in answer) {
      forget();
      return refuseUpgrade(socket, answer);
    }
    upstream = toServer(answer, request);
    upstream.once("error", () => refuseUpgrade(socket, { status: 503, why: "the media server does not answer" }));
    upstream.once("response", (response) => {
      response.resume();
      refuseUpgrade(socket, { status: response.statusCode === 404 ? 404 : 503, why: "the media server refused" });
    });
    upstream.once("upgrade", (response, inner: Duplex, innerHead: Buffer) => {
      if (socket.destroyed) return void inner.destroy();
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${rawHeaders(response)}\r\n`);
      if (innerHead.length > 0) socket.write(innerHead);
      if (head.length > 0) inner.write(head);
      for (const [one, other] of [[inner, socket], [socket, inner]] as const) {
        one.on("error", () => one.destroy());
        one.once("close", () => other.destroy());
        one.pipe(other);
      }
    });
    upstream.end();
  };

  return {
    upgrade: (request, socket, head) => {
      if (!SIGNALLING.has(pathOf(request))) return false;
      upgrade(request, socket, head).catch(() => refuseUpgrade(socket, { status: 503, why: "this could not be decided" }));
      return true;
    },
    validate: (request, response) => {
      if (request.method !== "GET" || !VALIDATION.has(pathOf(request))) return false;
      const refuse = ({ status, why }: Answer) => void response.writeHead(status, { "content-type": "text/plain", "cache-control": "no-store" }).end(why);
      ask(request, () => undefined).then(
        (answer) => {
          if ("status" in answer) return refuse(answer);
          const upstream = toServer(answer, request);
          upstream.once("error", () => refuse({ status: 503, why: "the media server does not answer" }));
          upstream.once("response", (from) => {
            response.writeHead(from.statusCode ?? 503, { "content-type": "text/plain", "cache-control": "no-store" });
            from.pipe(response);
          });
          upstream.end();
        },
        () => refuse({ status: 503, why: "this could not be decided" }),
      );
      return true;
    },
    recheck: async (whose) => {
      const ended: { seminarId: string; personId: string }[] = [];
      for (const line of [...lines]) {
        if (!isMeant(whose, line)) continue;
        const viewer = await services.viewerOf(line.request);
        const entry = viewer?.id === line.personId ? await services.mayEnter(viewer, line.seminarId) : undefined;
        if (entry?.in) continue;
        line.end();
        ended.push({ seminarId: line.seminarId, personId: line.personId });
      }
      return ended;
    },
    open: () => lines.size,
    closeAll: () => {
      for (const line of [...lines]) line.end();
    },
  };
}

/** Whether a ticket lets somebody send more than the rules do now: one from before the floor was taken back. */
function exceeds(ticket: VideoGrant, grants: { speak: boolean; shareScreen: boolean }): boolean {
  if (ticket.canPublish === false) return false;
  const sources = ticket.canPublishSources?.map((source) => String(source)) ?? [];
  if (sources.length === 0) return true;
  return sources.some((source) => (/^screen/i.test(source) ? !grants.shareScreen : !grants.speak));
}

function pathOf(request: IncomingMessage): string {
  const path = (request.url ?? "").split("?")[0] ?? "";
  return path.length > 1 ? path.replace(/\/+$/, "") : path;
}

function tokenOf(request: IncomingMessage): string {
  const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
  return bearer ?? new URLSearchParams((request.url ?? "").split("?")[1] ?? "").get("access_token") ?? "";
}

/** Our cookies and the visitor's origin are none of LiveKit's business. */
const KEPT_BACK = new Set(["cookie", "origin", "host"]);

function toServer(server: LiveServer, request: IncomingMessage): http.ClientRequest {
  const { protocol, hostname, port } = new URL(server.url.replace(/^ws/, "http"));
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !KEPT_BACK.has(name)));
  const from = request.socket.remoteAddress;
  return (protocol === "https:" ? https : http).request({ hostname, port, path: request.url, method: "GET", headers: { ...headers, ...(from && { "x-forwarded-for": from }) }, agent: false, timeout: 10_000 });
}

function rawHeaders(response: IncomingMessage): string {
  let lines = "";
  for (let at = 0; at < response.rawHeaders.length; at += 2) lines += `${response.rawHeaders[at]}: ${response.rawHeaders[at + 1]}\r\n`;
  return lines;
}

const REASON = { 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 429: "Too Many Requests", 503: "Service Unavailable" } as const;

function refuseUpgrade(socket: Duplex, { status, why }: Answer): void {
  if (socket.destroyed || !socket.writable) return void socket.destroy();
  socket.end(`HTTP/1.1 ${status} ${REASON[status]}\r\ncontent-type: text/plain\r\ncontent-length: ${Buffer.byteLength(why)}\r\nconnection: close\r\n\r\n${why}`, () => socket.destroy());
}
