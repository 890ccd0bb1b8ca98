import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import { Upload } from "@tus/server";
import { describe, expect, onTestFinished, test } from "vitest";
import { listAttachments } from "#db/attachments.ts";
import { filesInBucket } from "#server/files-s3.ts";
import { type UploadStore, uploadsOnDisk } from "#server/uploads.ts";
import { uploadsInBucket } from "#server/uploads-s3.ts";
import { COLLEAGUE, cutAfter, finished, PATIENT, type Serving, serving, TEACHER, tusHeaders, tusPatch } from "#tests/files/serving.ts";
import { aBucket, aFolder } from "#tests/processes/parts.ts";
import { programOf } from "#tests/processes/programs.ts";

const DAY = 24 * 3_600_000;
const ID = "0123456789abcdef0123456789abcdef";
const there = programOf("versitygw") !== undefined;

function aPdf(byteCount: number): Buffer {
  return Buffer.concat([Buffer.from("%PDF-1.7\n"), randomBytes(byteCount)]);
}

async function begin(at: Serving, bytes: Uint8Array): Promise<string> {
  const begun = await at.as(TEACHER, "/uploads", { method: "POST", headers: tusHeaders({ ownerType: "plan", ownerId: at.planId, name: "课件.pdf" }, bytes.byteLength) });
  expect(begun.status).toBe(201);
  return begun.headers.get("location") ?? "";
}

const head = (at: Serving, place: string, person = TEACHER) => at.as(person, place, { method: "HEAD", headers: { "tus-resumable": "1.0.0" } });
const offsetOf = async (at: Serving, place: string) => Number((await head(at, place)).headers.get("upload-offset"));

/** Two processes that share a database and a bucket. */
async function twoProcesses() {
  const bucket = await aBucket();
  const parts = () => ({ files: filesInBucket(bucket.named, aFolder()), uploads: uploadsInBucket(bucket.named, aFolder()) });
  const one = await serving(parts());
  const other = await serving({ ...parts(), db: one.db, mayAttach: async (viewer) => viewer.id === TEACHER, mayRead: async () => true });
  const underWay = async () => ((await bucket.s3.send(new ListObjectsV2Command({ Bucket: "tongyan", Prefix: "uploads/" }))).Contents ?? []).map(({ Key }) => Key);
  return { ...bucket, one, other, underWay };
}

test.skipIf(!there)("an upload that was begun at one process and cut is finished at the other, by whoever began it alone", async () => {
  const { one, other, underWay } = await twoProcesses();
  const bytes = aPdf(3_000_000);
  const place = await begin(one, bytes);
  await cutAfter(one.url, place, { "x-person": TEACHER }, bytes, 1_500_000);
  await expect.poll(() => offsetOf(other, place), PATIENT).toBeGreaterThan(0);
  expect(await offsetOf(other, place)).toBeLessThanOrEqual(1_500_000);
  expect([(await other.as(COLLEAGUE, place, tusPatch(bytes, await offsetOf(other, place)))).status, (await head(other, place, COLLEAGUE)).status]).toEqual([404, 404]);
  const { attachmentId } = JSON.parse(await finished(() => offsetOf(other, place), (offset) => other.as(TEACHER, place, tusPatch(bytes, offset)))) as { attachmentId: string }; // what our own route answers
  const given = await other.as(TEACHER, `/files/${attachmentId}`);
  expect(Buffer.from(await given.arrayBuffer()).equals(bytes)).toBe(true);
  expect((await head(one, place)).status).toBe(404);
  expect(await underWay()).toEqual([]);
  expect([one.faults, other.faults]).toEqual([[], []]);
});

test.skipIf(!there)("an object store that is away is said to be, and the upload goes on when it is back", async () => {
  const { one, other, kill, again } = await twoProcesses();
  const bytes = aPdf(10_000);
  const place = await begin(one, bytes);
  expect((await one.as(TEACHER, place, tusPatch(bytes.subarray(0, 4_000), 0))).status).toBe(204);
  await kill();
  // Any other answer, and the client would begin anew.
  expect((await head(other, place)).status).toBe(423);
  const refused = await other.as(TEACHER, "/uploads", { method: "POST", headers: tusHeaders({ ownerType: "plan", ownerId: one.planId, name: "课件.pdf" }, 10) });
  expect([refused.status, await refused.text()]).toEqual([503, '{"refused":"store_away"}']);
  expect(other.faults).toHaveLength(2);
  await again();
  expect(await offsetOf(other, place)).toBe(4_000);
  expect((await other.as(TEACHER, place, tusPatch(bytes, 4_000))).status).toBe(200);
});

test("a full object store is said as such", async () => {
  const full = createServer((request, response) => {
    request.resume().on("end", () => response.writeHead(507, { "content-type": "application/xml" }).end("<Error><Code>XMinioStorageFull</Code></Error>"));
  });
  await new Promise<void>((resolve) => full.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void full.close());
  const address = full.address();
  const named = { endpoint: `http://127.0.0.1:${address && typeof address === "object" ? address.port : 0}`, bucket: "tongyan", region: "us-east-1", accessKeyId: "a", secretAccessKey: "b" };
  const at = await serving({ uploads: uploadsInBucket(named, aFolder()) });
  const begun = await at.as(TEACHER, "/uploads", { method: "POST", headers: tusHeaders({ ownerType: "plan", ownerId: at.planId, name: "课件.pdf" }, 10) });
  expect([begun.status, await begun.text()]).toEqual([507, '{"refused":"storage_full"}']);
});

test.skipIf(!there)("bytes that reached two processes are counted once, and a gap ends what is there", async () => {
  const { named } = await aBucket();
  const [one, other] = [uploadsInBucket(named, aFolder()), uploadsInBucket(named, aFolder())];
  const bytes = randomBytes(5_000);
  await one.create(new Upload({ id: ID, size: 10_000, offset: 0, metadata: { name: "课件" } }));
  const write = (at: UploadStore, start: number, end: number) => at.write(Readable.from([bytes.subarray(start, end)]), ID, start);
  await write(one, 0, 2_000);
  await write(other, 0, 1_500);
  await write(other, 1_500, 3_000);
  await write(one, 4_000, 5_000);
  expect(await one.getUpload(ID)).toMatchObject({ offset: 3_000, size: 10_000, metadata: { name: "课件" } });
  await write(one, 2_000, 4_500);
  expect(await other.getUpload(ID)).toMatchObject({ offset: 5_000 });
  expect((await other.asFile(ID, (path) => readFile(path))).equals(bytes)).toBe(true);
});

const onDisk = async () => uploadsOnDisk(aFolder());
const inBucket = async () => uploadsInBucket((await aBucket()).named, aFolder());

for (const [name, open, can] of [["a folder", onDisk, true], ["a bucket", inBucket, there]] as const) {
  describe.skipIf(!can)(`uploads in ${name}`, () => {
    test("that are whole and were not attached, because the process died, are attached when their owner asks", async () => {
      const uploads = await open();
      const at = await serving({ uploads });
      const bytes = aPdf(5_000);
      const place = await begin(at, bytes);
      await uploads.write(Readable.from([bytes]), place.split("/")[2] ?? "", 0);
      expect(await offsetOf(at, place)).toBe(bytes.byteLength - 1);
      expect((await at.as(TEACHER, place, tusPatch(bytes, bytes.byteLength - 1))).status).toBe(200);
      expect(await listAttachments(at.db, "plan", at.planId)).toMatchObject([{ byteCount: bytes.byteLength }]);
      expect((await head(at, place)).status).toBe(404);
    });

    test("that could not be attached stay, and those that were refused do not", async () => {
      let away = true;
      const disk = { put: async () => Promise.reject(new Error("away")), read: async () => undefined, size: async () => undefined, bytes: async () => undefined };
      const uploads = await open();
      const at = await serving({ uploads, files: { ...disk, put: async () => (away ? disk.put() : { sha256: "0".repeat(64), byteCount: 100 }) } });
      const bytes = aPdf(100);
      const place = await begin(at, bytes);
      expect((await at.as(TEACHER, place, tusPatch(bytes, 0))).status).toBe(500);
      away = false;
      expect((await at.as(TEACHER, place, tusPatch(bytes, bytes.byteLength - 1))).status).toBe(200);
      const page = Buffer.from("<html><script>alert(1)</script>");
      const refused = await begin(at, page);
      expect((await at.as(TEACHER, refused, tusPatch(page, 0))).status).toBe(422);
      expect((await head(at, refused)).status).toBe(404);
    });

    test("with which nobody went on for a day are gone", async () => {
      const uploads = await open();
      await uploads.create(new Upload({ id: ID, size: 10_000, offset: 0, metadata: {} }));
      await uploads.write(Readable.from([randomBytes(1_000)]), ID, 0);
      await uploads.sweep(new Date(Date.now() + DAY / 2));
      expect(await uploads.getUpload(ID)).toMatchObject({ offset: 1_000 });
      await uploads.sweep(new Date(Date.now() + 2 * DAY));
      await expect(uploads.getUpload(ID)).rejects.toMatchObject({ status_code: 404 });
    });
  });
}
