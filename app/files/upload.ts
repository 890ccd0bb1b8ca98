import type { AttachmentKind, AttachmentOwnerType } from "#db/attachments.ts";
import type { FileRefusal } from "./refusals.ts";
import { FILE_REFUSALS } from "./refusals.ts";

export interface UploadTo {
  ownerType: AttachmentOwnerType;
  ownerId: string;
  kind: AttachmentKind;
}

export interface Attached {
  attachmentId: string;
  name: string;
}

/** What the page is told while a file is on its way; `share` from 0 to 1. */
export interface UploadWatch {
  progress(share: number): void;
  /** Everything is there and is being looked into. */
  checking(): void;
  /** The line is down, or the store behind the server; goes on by itself. */
  waiting(share: number, what: "line" | "store"): void;
  done(attached: Attached): void;
  refused(reason: FileRefusal): void;
}

export interface RunningUpload {
  pause(): void;
  resume(): void;
  /** Stops, and takes away what was sent. */
  cancel(): void;
}

/** Long enough for a village line to come back. */
const RETRIES_MS = [0, 1000, 3000, 5000, 10_000, 20_000, 30_000];
/** After that it is begun again so often, and when the browser says that it is online. */
const BEGIN_AGAIN_MS = 30_000;
/** Bytes in one request: what a cut in the middle of it may cost. */
const CHUNK = 4 * 1024 * 1024;

/** Sends a file in pieces, goes on where it stopped (also after the page was closed), and says what became of it. */
export async function upload(file: File, to: UploadTo, watch: UploadWatch): Promise<RunningUpload> {
  const tus = await import("tus-js-client");
  let share = 0;
  let again: ReturnType<typeof setTimeout> | undefined;
  const running = new tus.Upload(file, {
    endpoint: "/uploads",
    metadata: { ...to, name: file.name },
    chunkSize: CHUNK,
    retryDelays: RETRIES_MS,
    removeFingerprintOnSuccess: true,
    fingerprint: async () => ["tongyan", to.ownerType, to.ownerId, to.kind, file.name, file.size, file.lastModified].join(":"),
    onShouldRetry: (error) => {
      if (refusalIn(error)) return false;
      watch.waiting(share, isStoreAway(error) ? "store" : "line");
      return true;
    },
    onProgress: (sent, total) => {
      share = total > 0 ? sent / total : 0;
      if (share >= 1) watch.checking();
      else watch.progress(share);
    },
    onSuccess: ({ lastResponse }) => {
      end();
      watch.done(JSON.parse(lastResponse.getBody()) as Attached); // what our own route answers
    },
    onError: (error) => {
      const reason = refusalIn(error);
      if (!reason) {
        watch.waiting(share, isStoreAway(error) ? "store" : "line");
        again = setTimeout(() => running.start(), BEGIN_AGAIN_MS);
        return;
      }
      end();
      watch.refused(reason);
    },
  });
  const onlineAgain = () => (clearTimeout(again), running.start());
  const end = () => (clearTimeout(again), window.removeEventListener("online", onlineAgain));
  window.addEventListener("online", onlineAgain);
  const [before] = await running.findPreviousUploads();
  if (before) running.resumeFromPreviousUpload(before);
  running.start();
  return {
    pause: () => (clearTimeout(again), void running.abort()),
    resume: () => running.start(),
    cancel: () => {
      end();
      void running.abort(true);
    },
  };
}

/** The reason that the server gave; undefined for a line that is down, a server that is starting again, and a store that is away. */
function refusalIn(error: unknown): FileRefusal | undefined {
  const response = responseIn(error);
  if (!response) return undefined;
  const said = /"refused":"([a-z_]+)"/.exec(response.getBody())?.[1];
  const reason = FILE_REFUSALS.find((one) => one === said);
  if (reason && reason !== "cut_off" && reason !== "store_away") return reason;
  return response.getStatus() === 401 ? "not_yours" : undefined;
}

/** 423 is what the server answers, without words, to the question how far an upload has come. */
function isStoreAway(error: unknown): boolean {
  const response = responseIn(error);
  return response?.getStatus() === 423 || (response?.getBody().includes('"refused":"store_away"') ?? false);
}

function responseIn(error: unknown): { getStatus(): number; getBody(): string } | null {
  return typeof error === "object" && error !== null && "originalResponse" in error ? (error.originalResponse as { getStatus(): number; getBody(): string } | null) : null; // the library's DetailedError
}
