import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { mayEnter, personMayEnter } from "#app/seminars/access.server.ts";
import { findForgottenSeminars } from "#app/seminars/close.server.ts";
import { type LiveRooms, type LiveState, LiveUnreachable, tryingRoom } from "#app/seminars/live-rooms.ts";
import type { Db } from "#db/types.ts";
import type { Viewer } from "#db/viewer.ts";
import { makeGate, type WhoseAccess } from "./gate.ts";
import { findLivekit, installLivekit } from "./install.ts";
import { closeLostText, reconcile } from "./reconcile.ts";
import { makeRooms } from "./rooms.ts";
import type { LiveLog, LiveServer, LiveSettings } from "./settings.ts";
import { type Supervised, superviseLivekit } from "./supervise.ts";
import { webhookHandler } from "./webhook.ts";

export interface LiveServices {
  db: Db;
  log: LiveLog;
  ownOrigin(headers: IncomingHttpHeaders): boolean;
  /** The person whose session a request carries, asked anew each time: a session ends while its sockets are open. */
  viewerOf(request: IncomingMessage): Promise<Viewer | null>;
  /** Takes one of the handshakes that this person has left. */
  spend(viewer: Viewer): boolean;
}

export interface Live {
  rooms: LiveRooms;
  /** For `/readyz`. */
  state(): LiveState;
  /** Call it in the HTTP server's `upgrade` listener. @returns false when the path is not `/rtc` or `/rtc/v1` */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Mount on `/rtc/validate` and `/rtc/v1/validate`, before the pages. @returns false when neither is asked for */
  validate(request: IncomingMessage, response: ServerResponse): boolean;
  /** Mount as `app.post("/live/webhook", live.webhook)`, before anything that reads bodies. */
  webhook(request: IncomingMessage, response: ServerResponse): void;
  /**
   * For the job `access.changed`, and when a session ends: whoever may no longer be in a seminar is out of its picture and sound.
   *
   * @throws LiveUnreachable when somebody could not be sent out: the job comes back
   */
  recheck(whose?: WhoseAccess): Promise<void>;
  /** What otherwise happens every half minute: presence is reconciled, forgotten seminars are found. */
  sweep(): Promise<void>;
  /** The media server's process, when it is ours. */
  pid(): number | undefined;
  stop(): Promise<void>;
}

const SWEEP_MS = 30_000;
const HEALTH_MS = 5_000;
/** What a stop waits at most for reports that are being kept. */
const PATIENCE_MS = 5_000;

/**
 * Starts the live part: finds, fetches or reaches a media server in the background, and gives the pieces that `server/start.ts` mounts.
 * Call it once; it returns at once. `webhookUrl` is asked when the media server is started, so the HTTP server must listen by then:
 * call it right after `listen`. `stop` before the database closes.
 */
export function startLive(settings: LiveSettings, services: LiveServices): Live {
  const { db, log } = services;
  const stopping = new AbortController();
  let phase: LiveState = { ready: false, reason: "starting" };
  let supervised: Supervised | undefined;
  let externalUp = false;

  const server = (): LiveServer | undefined => settings.external ?? supervised?.server();
  const state = (): LiveState => {
    if (settings.external) return externalUp ? { ready: true } : { ready: false, reason: "down" };
    if (!supervised) return phase;
    return supervised.server() ? { ready: true } : { ready: false, reason: phase.ready ? "down" : "starting" };
  };
  const rooms = makeRooms(server, state, settings.relay);
  const gate = makeGate({ server, ownOrigin: services.ownOrigin, viewerOf: services.viewerOf, spend: services.spend, mayEnter: async (viewer, room) => (room === tryingRoom(viewer.id) ? { in: true, grants: { speak: false, shareScreen: false } } : mayEnter(db, viewer, room)) });

  const sendOutUnlessAllowed = async (seminarId: string, personId: string) => {
    if (!(await personMayEnter(db, personId, seminarId)).in) await rooms.remove(seminarId, personId);
  };
  /** What must not go on when the database is closed. */
  const underWay = new Set<Promise<void>>();
  const awaited = (work: Promise<void>) => {
    const one = work.finally(() => underWay.delete(one));
    underWay.add(one);
  };
  const quietly = (work: Promise<unknown>, what: string) => {
    awaited(work.then(() => undefined, (error: unknown) => (error instanceof LiveUnreachable ? log.warn({ error }, what) : log.error({ error }, what))));
  };
  const settled = async () => {
    while (underWay.size > 0) await Promise.all(underWay);
  };
  let stopped = false;
  const webhook = webhookHandler({ db, server, log, arrived: (seminarId, personId) => quietly(sendOutUnlessAllowed(seminarId, personId), "somebody who came could not be asked whether they may be here") });

  const sweep = async () => {
    await closeLostText(db);
    if (server()) {
      const unheard = await reconcile(db, rooms).catch((error: unknown) => {
        if (!(error instanceof LiveUnreachable)) throw error;
        log.warn({ error }, "presence could not be reconciled: the media server does not answer");
        return [];
      });
      for (const { seminarId, personId } of unheard) await sendOutUnlessAllowed(seminarId, personId);
    }
    await findForgottenSeminars(db);
  };
  let sweeping: Promise<void> = Promise.resolve();
  const sweepTimer = setInterval(() => quietly((sweeping = sweep()), "the sweep of the seminars failed"), SWEEP_MS);

  const look = async () => {
    if (settings.external) externalUp = await fetch(settings.external.url.replace(/^ws/, "http"), { signal: AbortSignal.timeout(3_000) }).then((response) => response.ok, () => false);
    else if (supervised?.server()) phase = { ready: true };
  };
  const lookTimer = setInterval(() => void look(), HEALTH_MS);

  const begin = async () => {
    if (settings.external) return look();
    let program = findLivekit(settings);
    if (!program) {
      if (!settings.install) return void (phase = { ready: false, reason: "missing", detail: "no livekit-server was found and none may be fetched" });
      phase = { ready: false, reason: "installing" };
      log.info({}, "a media server is being fetched in the background; seminars have no picture and sound until it is here");
      program = await installLivekit(settings, stopping.signal);
    }
    if (stopping.signal.aborted) return;
    phase = { ready: false, reason: "starting" };
    supervised = superviseLivekit(program, settings, log);
  };
  const begun = begin().catch((error: unknown) => {
    if (stopping.signal.aborted) return;
    phase = { ready: false, reason: "missing", detail: error instanceof Error ? error.message : String(error) };
    log.warn({ error }, "there is no media server: seminars go on without picture and sound");
  });

  return {
    rooms,
    state,
    upgrade: gate.upgrade,
    validate: gate.validate,
    webhook: (request, response) => (stopped ? void response.writeHead(503).end() : awaited(webhook(request, response))),
    recheck: async (whose) => {
      const ended = await gate.recheck(whose);
      await Promise.all(ended.map(({ seminarId, personId }) => rooms.remove(seminarId, personId)));
      // Somebody may be inside whose line runs through another process, or broke a moment ago.
      if (server()) for (const seminarId of whose?.seminarIds ?? []) for (const personId of whose?.personIds ?? []) await sendOutUnlessAllowed(seminarId, personId);
    },
    sweep,
    pid: () => supervised?.pid(),
    stop: async () => {
      clearInterval(sweepTimer);
      clearInterval(lookTimer);
      stopping.abort(new Error("the server is stopping"));
      gate.closeAll();
      await begun;
      await sweeping.catch(() => undefined);
      await supervised?.stop();
      // The last reports of the media server came while it ended.
      stopped = true;
      await Promise.race([settled(), pause(PATIENCE_MS, undefined, { ref: false })]);
    },
  };
}
