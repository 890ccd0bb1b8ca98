import { mkdirSync } from "node:fs";
import type { IncomingHttpHeaders, IncomingMessage, Server } from "node:http";
import { dirname, join } from "node:path";
import type { ServerBuild } from "@remix-run/node";
import type { LiveState } from "#app/seminars/live-rooms.ts";
import { firstOperatorToken } from "#app/people/first-operator.server.ts";
import { documentAccess } from "#app/plans/document-access.ts";
import { minutesAccess } from "#app/seminars/minutes-access.ts";
import { appendUpdates } from "#db/documents.ts";
import { enqueue } from "#db/jobs.ts";
import { openDb } from "#db/open.ts";
import { addVisits } from "#db/visits.ts";
import { recheckEverywhere } from "./access-changed.ts";
import { openCollab } from "./collab/collab.ts";
import { documentsOn } from "./collab/documents.ts";
import { LiveDocs } from "./collab/live-docs.ts";
import { DocLog } from "./collab/log.ts";
import { shareDocs } from "./collab/shared-docs.ts";
import { seedDemo } from "./demo/seed.ts";
import { loadDictionaries } from "./dictionaries.ts";
import { Allowances } from "./allowances.ts";
import { refuseUnfinished } from "./backup/unfinished.ts";
import { clientOf, storeReadiness } from "./bucket.ts";
import { diskUnder } from "./disk.ts";
import type { Settings } from "./env.ts";
import { mayAttachTo, mayReadAttachment } from "./attachment-access.ts";
import { fileRoutes } from "./file-routes.ts";
import { filesInBucket } from "./files-s3.ts";
import { filesOnDisk, keepSwept, sweepAbandoned } from "./files.ts";
import { makeHandlers } from "./jobs/handlers.ts";
import { startJobs } from "./jobs/worker.ts";
import type { LiveServer } from "./live/settings.ts";
import { startLive } from "./live/start.ts";
import { makeLog } from "./log.ts";
import { makeMetrics } from "./metrics.ts";
import { makeMail } from "./mail.ts";
import { makeOperations } from "./operations.ts";
import { isOwnOrigin } from "./origin.ts";
import { attachRoom } from "./room/attach.ts";
import { openSearch } from "./search.ts";
import { installationSecret } from "./secrets.ts";
import { makeSessions } from "./sessions.ts";
import { type Handshake, takeHandshakes } from "./sockets.ts";
import { headersOf, makeWeb, viewerOf, type WebOptions } from "./web.ts";
import { uploadsOnDisk } from "./uploads.ts";
import { uploadsInBucket } from "./uploads-s3.ts";
import { clamd, type VirusScanner } from "./virus-scanner.ts";
import { countVisits } from "./visits/counter.ts";
import { redisWire } from "./wire/redis.ts";
import { nobodyElse, type Wire } from "./wire/wire.ts";
import { wordReader } from "./word.ts";

/** A proxy keeps connections that nobody uses for up to two minutes (Caddy): whoever lets go first must not be us, or what it sends in that moment, a form among it, comes back as a 502. */
const IDLE_MS = 125_000;

export interface StartOptions {
  build: ServerBuild | (() => Promise<ServerBuild>);
  httpServer: Server;
  development?: Pick<WebOptions, "assets">;
}

export interface RunningServer {
  url: string;
  /** Every path on which a WebSocket is opened. */
  sockets: readonly string[];
  /** Takes no new visitors, lets what runs come to its end, writes what waits, closes. Bounded in time. */
  stop(): Promise<void>;
}

/** Starts every part in this process: database, jobs, documents, live rooms, pages. */
export async function startServer(settings: Settings, options: StartOptions): Promise<RunningServer> {
  refuseUnfinished(settings.dataDir);
  mkdirSync(settings.dataDir, { recursive: true, mode: 0o700 });
  const log = makeLog(settings.logLevel);
  const { publicUrl } = settings;
  const open = await openDb(settings.database);
  const { db } = open;
  const secret = installationSecret(settings.dataDir, settings.secret);
  const reporting = (what: string) => (error: unknown, doing: string) => log.error({ error, doing }, what);
  const wire = settings.redis ? redisWire(settings.redis, reporting("other processes")) : nobodyElse;
  const sessions = makeSessions(open, [secret, ...settings.previousSecrets], publicUrl, (given) => log.info(given, "a password was given"), { wire, ...settings });
  const mail = makeMail(settings.smtp, settings.mailFrom, log);
  const incoming = join(settings.dataDir, "files", "incoming");
  const scanner = settings.virusScanner && clamd(settings.virusScanner);
  const storeClient = settings.objectStore && clientOf(settings.objectStore);
  const kept = settings.objectStore ? filesInBucket(settings.objectStore, incoming) : filesOnDisk(join(settings.dataDir, "files"));
  const files = scanner ? { ...kept, look: (path: string) => scanner.look(path) } : kept;
  const uploadFolder = join(settings.dataDir, "uploads");
  const uploads = settings.objectStore ? uploadsInBucket(settings.objectStore, uploadFolder) : uploadsOnDisk(uploadFolder);
  const sweeping = keepSwept([() => uploads.sweep(), () => sweepAbandoned(uploadFolder), () => sweepAbandoned(incoming)], (error) => log.error({ error }, "sweeping abandoned uploads"));

  const liveDocs = new LiveDocs();
  const shared = shareDocs({ db, wire, live: liveDocs, report: reporting("a document") });
  const docLog = new DocLog(async (batch) => {
    await appendUpdates(db, batch);
    shared.committed(batch);
  });
  const collab = openCollab({
    db,
    log: docLog,
    live: liveDocs,
    others: settings.redis !== undefined,
    publicUrl,
    viewerOf: (request) => viewerOf({ db, sessions }, request.headers)(),
    access: (viewer, name) => documentAccess(db, viewer, name, minutesAccess),
    report: reporting("a document"),
  });
  const documents = documentsOn(db, docLog, collab.live);
  const search = openSearch(settings, { db, secret, log });
  await loadDictionaries(db);
  if (settings.fillDemo && (await seedDemo(db, sessions, documents))) console.log("同研：已放入演示内容。要从空的开始：npm start -- --empty");
  const setup = settings.mode === "production" ? await firstOperatorToken(db) : undefined;
  await search.begin();
  // A database on SQLite may lie elsewhere; what PostgreSQL has is watched where it is.
  const disk = diskUnder(open.engine === "sqlite" ? [settings.dataDir, dirname(settings.database)] : [settings.dataDir]);
  const operations = await makeOperations(open, () => disk.room(), async () => [
    { name: "database", ...(await open.probe("select 1").then(() => ({ ready: true }), (error: unknown) => ({ ready: false, reason: String(error) }))) },
    { name: "disk", ...(await disk.readiness()) },
    { name: "search", ...(await search.readiness()) },
    { name: "live", ...readinessOf(live.state()) },
    { name: "processes", ...readinessOfLine(wire.state()) },
    ...(settings.objectStore && storeClient ? [{ name: "files" as const, ...readinessOfStore(await storeReadiness(storeClient, settings.objectStore)) }] : []),
    ...(scanner ? [{ name: "scanner" as const, ...readinessOfScanner(await scanner.readiness()) }] : []),
  ]);
  // From here on nothing waits until the pages are there: who comes in between is answered by them.
  const { httpServer } = options;
  httpServer.keepAliveTimeout = IDLE_MS;
  await new Promise<void>((resolve, reject) => {
    httpServer.once("error", reject).listen(settings.port, settings.host, resolve);
  });
  const allowances = new Allowances(wire, sessions.keyedHash, settings.uploadBytesADay);
  const asker = { ownOrigin: (headers: IncomingHttpHeaders) => isOwnOrigin(headers, publicUrl), viewerOf: (request: IncomingMessage) => viewerOf({ db, sessions }, headersOf(request))() };
  const live = startLive(
    {
      dataDir: settings.dataDir,
      external: externalLivekit(settings),
      relay: settings.relay,
      install: settings.livekit.install,
      nodeIp: settings.livekit.nodeIp,
      loopbackOnly: settings.thisMachineOnly,
      release: { url: settings.livekit.releaseUrl, sha256: settings.livekit.releaseSha256 },
      environment: settings.environment,
      webhookUrl: () => `http://127.0.0.1:${portOf(httpServer, settings)}/live/webhook`,
    },
    { db, log, ...asker, spend: (viewer) => allowances.take("person", viewer.id, "live") },
  );
  const room = attachRoom({ db, live: live.rooms, wire, ...asker, report: reporting("a room") });
  const { rooms } = room;
  const sockets = new Map<string, Handshake>([["/collab", collab.upgrade], ["/room", room.upgrade], ["/rtc", live.upgrade], ["/rtc/v1", live.upgrade]]);
  const jobs = startJobs(db, makeHandlers({ db, mail, sessions, publicUrl, documents, search: search.engine, seminars: { db, live: live.rooms, rooms }, recheck: recheckEverywhere([collab, live, room], wire, reporting("rights")), secretMoved: (people) => log.info({ people }, "everything is sealed by the secret of now") }), log);
  if (settings.previousSecrets.length > 0) await enqueue(db, "secret.move", {}, { key: "begin" });
  const visits = countVisits((ofDay) => addVisits(db, ofDay), (error) => log.error({ error }, "visits could not be written and wait"));

  const app = makeWeb(
    { db, operations, sessions, search: search.engine, files, documents, word: wordReader(), live: live.rooms, rooms, site: { publicUrl, demo: settings.mode === "demo", mail: mail.works } },
    {
      build: options.build,
      allowances,
      trustedProxies: settings.trustedProxies,
      log,
      elsewhere: () => open.elsewhere(),
      searchFollowed: search.followed,
      metrics: settings.metricsToken ? makeMetrics(settings.metricsToken, { db, ...operations, openDocuments: () => liveDocs.ids().length }) : undefined,
      visits,
      development: options.development !== undefined,
      ...options.development,
      mount: (web, spend) => {
        web.post("/live/webhook", (request, response) => live.webhook(request, response));
        web.get(["/rtc/validate", "/rtc/v1/validate"], (request, response, next) => void (live.validate(request, response) || next()));
        web.use(
          fileRoutes({
            db,
            files,
            uploadFolder,
            uploads,
            viewer: (request) => viewerOf({ db, sessions }, headersOf(request))(),
            mayRead: (viewer, attachment) => mayReadAttachment(db, viewer, attachment),
            mayAttach: (viewer, ownerType, ownerId) => mayAttachTo(db, viewer, ownerType, ownerId),
            spend,
            fault: (error, doing) => log.error({ error }, doing),
          }),
        );
      },
      readiness: async () => Object.fromEntries((await operations.parts()).map(({ name, ...part }) => [name, part])),
    },
  );
  httpServer.on("request", app);
  takeHandshakes(httpServer, sockets, options.development !== undefined);
  const port = portOf(httpServer, settings);
  if (setup) console.log(`同研：还没有系统管理员。用这个链接（只能用一次）建立第一位：${publicUrl}/setup/${setup}`);
  return {
    url: `http://127.0.0.1:${port}`,
    sockets: [...sockets.keys()],
    stop: async () => {
      const closed = new Promise<void>((resolve) => httpServer.close(() => resolve()));
      httpServer.closeIdleConnections();
      clearInterval(sweeping);
      await collab.close();
      await room.close();
      await live.stop();
      await jobs.stop();
      await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 5_000).unref())]);
      httpServer.closeAllConnections();
      await visits.stop();
      await search.stop();
      await wire.close();
      await open.close();
    },
  };
}

function externalLivekit({ livekit }: Settings): LiveServer | undefined {
  const { url, apiKey, apiSecret } = livekit;
  return url && apiKey && apiSecret ? { url, apiKey, apiSecret } : undefined;
}

function portOf(httpServer: Server, settings: Settings): number {
  const address = httpServer.address();
  return address && typeof address === "object" ? address.port : settings.port;
}

/** Processes that do not hear each other go on by reading the database again every second. */
function readinessOfLine(state: ReturnType<Wire["state"]>): { ready: boolean; reason?: string } {
  return state.ready ? { ready: true } : { ready: true, reason: `no line to the other processes: ${state.reason}` };
}

/** Pages open, what is typed is kept; files wait. */
function readinessOfStore(state: Awaited<ReturnType<typeof storeReadiness>>): { ready: boolean; reason?: string } {
  return state.ready ? { ready: true } : { ready: true, reason: `files do not open and none is taken: ${state.reason}` };
}

/** Without it no file is taken; everything else goes on. */
function readinessOfScanner({ ready, reason = "" }: Awaited<ReturnType<VirusScanner["readiness"]>>): { ready: boolean; reason?: string } {
  return ready ? { ready: true } : { ready: true, reason: `no uploads are taken: ${reason}` };
}

/** A seminar goes on without picture and sound: the platform is ready all the same, and says what is not. */
function readinessOf(state: LiveState): { ready: boolean; reason?: string } {
  return state.ready ? { ready: true } : { ready: true, reason: `no picture and sound: ${state.reason}${state.detail ? ` (${state.detail})` : ""}` };
}
