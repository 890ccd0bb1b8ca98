import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import express from "express";
import { expect, onTestFinished } from "vitest";
import { newId } from "#db/ids.ts";
import type { Db } from "#db/types.ts";
import type { FileServices } from "#server/file-routes.ts";
import { fileRoutes } from "#server/file-routes.ts";
import { filesOnDisk } from "#server/files.ts";
import { uploadsOnDisk } from "#server/uploads.ts";
import { aDatabase } from "#tests/database.ts";
import { stranger } from "#tests/people.ts";

export const PATIENT = { timeout: 20_000, interval: 50 };

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
      uploads: uploadsOnDisk(changes.uploadFolder ?? join(folder, "uploads")),
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

/** What goes on with an upload by the tus protocol. */
export function tusPatch(bytes: Uint8Array, offset: number): { method: string; body: Uint8Array<ArrayBuffer>; headers: Record<string, string> } {
  return { method: "PATCH", body: bytes.subarray(offset) as Uint8Array<ArrayBuffer>, headers: { "tus-resumable": "1.0.0", "upload-offset": String(offset), "content-type": "application/offset+octet-stream" } };
}

/** Goes on with an upload to its end, as a client does: what was cut may still be on its way into the store, and then the offset is another. @returns the last answer */
export async function finished(offsetNow: () => Promise<number>, send: (offset: number) => Promise<Response>): Promise<string> {
  let answer = "";
  const once = async () => {
    const response = await send(await offsetNow());
    answer = await response.text();
    return response.status;
  };
  await expect.poll(once, PATIENT).toBe(200);
  return answer;
}

/** Sends the beginning of an upload and pulls the cable. */
export function cutAfter(url: string, path: string, whose: Record<string, string>, bytes: Uint8Array, count: number): Promise<void> {
  return new Promise((resolve) => {
    const { hostname, port } = new URL(url);
    const { headers } = tusPatch(bytes, 0);
    const head = Object.entries({ host: hostname, ...whose, ...headers, "content-length": bytes.byteLength }).map(([name, value]) => `${name}: ${value}\r\n`).join("");
    const line = connect(Number(port), hostname, () => {
      line.write(`PATCH ${path} HTTP/1.1\r\n${head}\r\n`);
      line.write(bytes.subarray(0, count), () => setTimeout(() => line.destroy(), 100));
    });
    line.on("close", () => resolve());
    line.on("error", () => resolve());
  });
}
