import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import express from "express";
import { onTestFinished } from "vitest";
import { newId } from "#db/ids.ts";
import type { Db } from "#db/types.ts";
import type { FileServices } from "#server/file-routes.ts";
import { fileRoutes } from "#server/file-routes.ts";
import { filesOnDisk } from "#server/files.ts";
import { aDatabase } from "#tests/database.ts";
import { stranger } from "#tests/people.ts";

export const TEACHER = "01JTEACHER0000000000000000";
export const COLLEAGUE = "01JC0LLEAGVE00000000000000";
export const STRANGER = "01JSTRANGER000000000000000";

export interface Serving {
  db: Db;
  url: string;
  folder: string;
  planId: string;
  faults: unknown[];
  /** A request by this person; null: nobody. */
  as(person: string | null, path: string, init?: RequestInit): Promise<Response>;
}

export function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "tongyan-files-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The file routes on a real server: the teacher may attach to one plan, the colleague may read it, the stranger neither. */
export async function serving(changes: Partial<FileServices> = {}): Promise<Serving> {
  const db = changes.db ?? (await aDatabase());
  const folder = aFolder();
  const planId = newId();
  const faults: unknown[] = [];
  const app = express();
  app.use(
    fileRoutes({
      db,
      files: filesOnDisk(join(folder, "files")),
      uploadFolder: join(folder, "uploads"),
      viewer: async (request) => (typeof request.headers["x-person"] === "string" ? stranger(request.headers["x-person"]) : null),
      mayRead: async (viewer, attachment) => attachment.ownerId === planId && viewer !== null && viewer.id !== STRANGER,
      mayAttach: async (viewer, ownerType, ownerId) => ownerType === "plan" && ownerId === planId && viewer.id === TEACHER,
      spend: () => true,
      fault: (error) => faults.push(error),
      ...changes,
    }),
  );
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const url = `http://127.0.0.1:${address && typeof address === "object" ? address.port : 0}`;
  return { db, url, folder, planId, faults, as: (person, path, init = {}) => fetch(url + path, { redirect: "manual", ...init, headers: { ...(person ? { "x-person": person } : {}), ...Object.fromEntries(new Headers(init.headers)) } }) };
}

/** Uploads by one form, and gives the answer as JSON. */
export async function upload(at: Serving, person: string | null, name: string, bytes: Uint8Array, fields: Record<string, string> = {}): Promise<{ status: number; answer: Record<string, unknown> }> {
  const form = new FormData();
  for (const [key, value] of Object.entries({ ownerType: "plan", ownerId: at.planId, kind: "document", ...fields })) form.append(key, value);
  form.append("file", new Blob([bytes as Uint8Array<ArrayBuffer>]), name);
  const response = await at.as(person, "/uploads/simple", { method: "POST", body: form, headers: { accept: "application/json" } });
  return { status: response.status, answer: (await response.json()) as Record<string, unknown> }; // what our own route answers
}

/** The headers of one upload by the tus protocol. */
export function tusHeaders(metadata: Record<string, string>, length: number): Record<string, string> {
  return {
    "tus-resumable": "1.0.0",
    "upload-length": String(length),
    "upload-metadata": Object.entries(metadata).map(([key, value]) => `${key} ${Buffer.from(value).toString("base64")}`).join(","),
  };
}
