import { createHash, timingSafeEqual } from "node:crypto";
import type { Request, RequestHandler, Response } from "express";
import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Operations } from "#app/operations/operations.ts";
import { countJobs } from "#db/jobs.ts";
import type { Db } from "#db/types.ts";

export interface Measured {
  db: Db;
  parts: Operations["parts"];
  disk: Operations["disk"];
  /** Documents that are open in this process. */
  openDocuments(): number;
}

export interface Metrics {
  /** Measures every answer. Stands before whatever is to be measured. */
  measure: RequestHandler;
  /** Answers `/metrics` to whoever brings the token. */
  show(request: Request, response: Response): Promise<void>;
}

/** Figures of this process in the form that Prometheus reads. They name no person and no address. */
export function makeMetrics(token: string, { db, parts, disk, openDocuments }: Measured): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const seconds = new Histogram({
    name: "tongyan_http_seconds",
    help: "Time from a request to the end of its answer",
    labelNames: ["method", "status"],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.15, 0.3, 0.6, 1.5, 5],
    registers: [registry],
  });
  gauge("tongyan_documents_open", "Documents open in this process", (set) => set(openDocuments()));
  gauge("tongyan_jobs", "Jobs by what became of them; overdue is by how many seconds the oldest that is due is late", async (set) => {
    const { waiting, failed, dueSince } = await countJobs(db);
    set(waiting, "waiting");
    set(failed, "failed");
    set(dueSince ? (Date.now() - dueSince.getTime()) / 1000 : 0, "overdue");
  }, "state");
  gauge("tongyan_part_ready", "1: the part is there and well; 0.5: people work without it; 0: it is down", async (set) => {
    for (const { name, ready, reason } of await parts()) set(ready ? (reason === undefined ? 1 : 0.5) : 0, name);
  }, "part");
  gauge("tongyan_disk_free_bytes", "Free bytes under the data folder", async (set) => {
    const room = await disk();
    if (room) set(room.free);
  });

  function gauge(name: string, help: string, collect: (set: (value: number, label?: string) => void) => void | Promise<void>, label?: string) {
    const made = new Gauge({
      name,
      help,
      labelNames: label ? [label] : [],
      registers: [registry],
      collect: () => collect((value, of) => (label && of !== undefined ? made.set({ [label]: of }, value) : made.set(value))),
    });
  }

  return {
    measure: (request, response, next) => {
      const ended = seconds.startTimer();
      response.once("close", () => ended({ method: request.method, status: response.statusCode }));
      next();
    },
    show: async (request, response) => {
      if (!isToken(request.headers.authorization, token)) return void response.status(404).type("text").send("not there\n");
      response.set("cache-control", "no-store").type(registry.contentType).send(await registry.metrics());
    },
  };
}

/** Compared by their hashes, which are of one length whatever was sent. */
function isToken(sent: string | undefined, token: string): boolean {
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(sent ?? ""), hash(`Bearer ${token}`));
}
