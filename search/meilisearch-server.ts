import { Meilisearch } from "meilisearch";
import type { EnqueuedTaskPromise } from "meilisearch";
import { type KeepAliveClient, keepAliveClient, refusalIn } from "./meilisearch-http.ts";

/** The oldest that this was made with and measured on, and the first that is not known. */
const oldest = { major: 1, minor: 50 };
const firstUnknownMajor = 2;
/** How long an answer, and how long a load of documents or a task, may take. Milliseconds. */
const loadPatience = 60_000;
const taskPatience = 600_000;
const taskLook = 20;

/** A server and the key to it: what is asked of the server itself, rather than of one index. */
export class MeilisearchServer {
  readonly client: Meilisearch;
  /** For documents: many megabytes take longer to send than a question. */
  readonly loading: Meilisearch;
  private readonly transports: KeepAliveClient[];

  constructor(url: string, apiKey: string | undefined, patience: number) {
    const [asking, loading] = [keepAliveClient(patience), keepAliveClient(Math.max(patience, loadPatience))];
    const clientOn = (transport: KeepAliveClient) => new Meilisearch({ host: url, ...(apiKey && { apiKey }), httpClient: transport.ask });
    this.client = clientOn(asking);
    this.loading = clientOn(loading);
    this.transports = [asking, loading];
  }

  /** Why this server cannot be worked with, or null. */
  async unfit(): Promise<string | null> {
    const { pkgVersion = "" } = (await this.client.getVersion()) as { pkgVersion?: string }; // whatever answers there
    const [major = Number.NaN, minor = Number.NaN] = pkgVersion.split(".").map(Number);
    const fits = major < firstUnknownMajor && (major > oldest.major || (major === oldest.major && minor >= oldest.minor));
    return fits ? null : `Meilisearch ${pkgVersion || "of no version"} is there: ${oldest.major}.${oldest.minor} or newer is needed, below ${firstUnknownMajor}.0`;
  }

  async exists(uid: string): Promise<boolean> {
    try {
      await this.client.getRawIndex(uid);
      return true;
    } catch (error) {
      if (isMissingIndex(error)) return false;
      throw error;
    }
  }

  /** Names that begin so, with when something was last written there. */
  async named(beginning: string): Promise<{ uid: string; updatedAt: Date }[]> {
    const { results } = await this.client.getRawIndexes({ limit: 10_000 });
    return results.filter(({ uid }) => uid.startsWith(beginning)).map(({ uid, updatedAt }) => ({ uid, updatedAt: new Date(updatedAt) }));
  }

  /** Unknown ones are no fault. */
  async delete(uid: string): Promise<void> {
    await done(this.client.deleteIndex(uid), "index_not_found");
  }

  close(): void {
    for (const transport of this.transports) transport.close();
  }
}

/**
 * Waits until a task is through.
 *
 * @throws Error with the server's words when it failed, unless with the code that is forgiven
 */
export async function done(task: EnqueuedTaskPromise, forgiven?: string): Promise<void> {
  const { status, error } = await task.waitTask({ timeout: taskPatience, interval: taskLook });
  if (status !== "succeeded" && !(forgiven && error?.code === forgiven)) throw new Error(`Meilisearch could not do it: ${error?.message ?? status}`);
}

export function isMissingIndex(error: unknown): boolean {
  return refusalIn(error)?.code === "index_not_found";
}

/** The server is away or overloaded, rather than asked something wrong by us: that would be a fault. */
export function isOutage(error: unknown): boolean {
  return refusalIn(error)?.status !== 400;
}
