import { readdirSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import sharp from "sharp";
import { expect, test } from "vitest";
import en from "#app/i18n/en/files.ts";
import zh from "#app/i18n/zh-CN/files.ts";
import { listAttachments, removeAttachment } from "#db/attachments.ts";
import { Allowances } from "#server/allowances.ts";
import { filesOnDisk } from "#server/files.ts";
import { aFolder, COLLEAGUE, cutAfter, serving, STRANGER, TEACHER, tusHeaders, tusPatch, upload } from "#tests/files/serving.ts";
import { stranger } from "#tests/people.ts";
import { aWordFile, line } from "#tests/plans/word-files.ts";

const plan = () => aWordFile([line("分数的意义")]);

test("a file comes back as it was, under its Chinese name, and again only when it changed", async () => {
  const at = await serving();
  const bytes = await plan();
  const { status, answer } = await upload(at, TEACHER, "分数的意义（学习单）.docx", bytes, { kind: "worksheet" });
  expect([status, answer]).toMatchObject([201, { name: "分数的意义（学习单）.docx", kind: "worksheet", byteCount: bytes.byteLength }]);
  const path = `/files/${String(answer.attachmentId)}`;
  const response = await at.as(COLLEAGUE, path);
  expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
  expect(response.headers.get("content-disposition")).toBe(`attachment; filename="__________.docx"; filename*=UTF-8''${encodeURIComponent("分数的意义（学习单）.docx")}`);
  expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  expect(response.headers.get("content-security-policy")).toBe("sandbox; default-src 'none'; frame-ancestors 'none'");
  expect(response.headers.get("cache-control")).toContain("private");
  const etag = response.headers.get("etag") ?? "";
  expect((await at.as(COLLEAGUE, path, { headers: { "if-none-match": etag, "cache-control": "max-age=0" } })).status).toBe(304);
  const middle = await at.as(COLLEAGUE, path, { headers: { range: "bytes=10-19" } });
  expect([middle.status, middle.headers.get("content-range")]).toEqual([206, `bytes 10-19/${bytes.byteLength}`]);
  expect(Buffer.from(await middle.arrayBuffer()).equals(bytes.subarray(10, 20))).toBe(true);
  expect((await at.as(COLLEAGUE, path, { headers: { range: `bytes=${bytes.byteLength}-` } })).status).toBe(416);
});

test("not there, removed and not yours are one answer; only the owner's people attach", async () => {
  const at = await serving();
  const { answer } = await upload(at, TEACHER, "教案.docx", await plan());
  const path = `/files/${String(answer.attachmentId)}`;
  expect((await at.as(COLLEAGUE, path)).status).toBe(200);
  const told = async (response: Response) => [response.status, await response.text(), response.headers.get("etag"), response.headers.get("content-disposition")];
  const absent = await told(await at.as(COLLEAGUE, "/files/01ARZ3NDEKTSV4RRFFQ69G5FAV"));
  expect(absent).toMatchObject([404, "not there\n", expect.anything(), null]);
  expect(await told(await at.as(STRANGER, path))).toEqual(absent);
  expect(await told(await at.as(STRANGER, path, { headers: { "if-none-match": "*" } }))).toEqual(absent);
  expect(await told(await at.as(null, path))).toEqual(absent);
  expect((await at.as(null, path, { headers: { accept: "text/html" } })).headers.get("location")).toBe(`/sign-in?back=${encodeURIComponent(path)}`);
  for (const person of [COLLEAGUE, STRANGER]) expect(await upload(at, person, "教案.docx", await plan())).toEqual({ status: 404, answer: { refused: "not_yours" } });
  expect((await upload(at, null, "教案.docx", await plan())).status).toBe(401);
  await removeAttachment(at.db, String(answer.attachmentId));
  expect(await told(await at.as(COLLEAGUE, path))).toEqual(absent);
});

test("a picture is drawn anew: its place of taking is gone, it is small enough to show, and shown in the page", async () => {
  const at = await serving();
  const photo = await sharp({ create: { width: 3000, height: 1500, channels: 3, background: "#b3301d" } }).withExif({ IFD0: { Make: "相机" }, IFD3: { GPSLatitude: "30/1 16/1 0/1" } }).jpeg().toBuffer();
  expect((await sharp(photo).metadata()).exif).toBeDefined();
  const { answer } = await upload(at, TEACHER, "板书.jpg", photo, { kind: "image" });
  const response = await at.as(COLLEAGUE, `/files/${String(answer.attachmentId)}/板书.jpg`);
  expect(response.headers.get("content-disposition")).toMatch(/^inline/);
  const shown = await sharp(Buffer.from(await response.arrayBuffer())).metadata();
  expect(shown).toMatchObject({ width: 2000, height: 1000, format: "jpeg" });
  expect(shown.exif).toBeUndefined();
  expect((await at.as(COLLEAGUE, `/files/${String(answer.attachmentId)}?download`)).headers.get("content-disposition")).toMatch(/^attachment/);
});

test("a resumable upload goes on where the line was cut, belongs to who began it, and is gone when it is attached", async () => {
  const at = await serving();
  const bytes = await plan();
  const metadata = { ownerType: "plan", ownerId: at.planId, kind: "courseware", name: "课件一.docx" };
  const begun = await at.as(TEACHER, "/uploads", { method: "POST", headers: tusHeaders(metadata, bytes.byteLength) });
  expect(begun.status).toBe(201);
  const place = begun.headers.get("location") ?? "";
  expect(place).toMatch(/^\/uploads\/[0-9a-f]{32}$/);
  await cutAfter(at.url, place, { "x-person": TEACHER }, bytes, 1000);
  const head = () => at.as(TEACHER, place, { method: "HEAD", headers: { "tus-resumable": "1.0.0" } });
  await expect.poll(async () => Number((await head()).headers.get("upload-offset"))).toBeGreaterThan(0);
  const offset = Number((await head()).headers.get("upload-offset"));
  expect(offset).toBeLessThanOrEqual(1000);
  const patch = tusPatch(bytes, offset);
  expect((await at.as(COLLEAGUE, place, patch)).status).toBe(404);
  // What was sent so far is nobody's to read.
  expect((await at.as(TEACHER, place)).status).toBe(404);
  const done = await at.as(TEACHER, place, patch);
  expect(done.status).toBe(200);
  expect(await done.json()).toMatchObject({ name: "课件一.docx", kind: "courseware", byteCount: bytes.byteLength });
  expect(readdirSync(join(at.folder, "uploads"))).toEqual([]);
  expect(await listAttachments(at.db, "plan", at.planId)).toMatchObject([{ name: "课件一.docx", createdBy: TEACHER }]);
  expect(at.faults).toEqual([]);
});

test("what would be refused in the end is refused at the beginning, and the reason is said", async () => {
  const at = await serving();
  const begin = async (person: string, metadata: Record<string, string>, length: number) => {
    const response = await at.as(person, "/uploads", { method: "POST", headers: tusHeaders({ ownerType: "plan", ownerId: at.planId, name: "课件.pptx", ...metadata }, length) });
    return [response.status, await response.text()];
  };
  expect((await begin(TEACHER, {}, 1000))[0]).toBe(201);
  expect(await begin(TEACHER, { name: "课件.zip" }, 1000)).toEqual([422, '{"refused":"archive"}']);
  expect(await begin(TEACHER, {}, 200 * 1024 * 1024)).toEqual([413, '{"refused":"too_large"}']);
  expect(await begin(TEACHER, {}, 0)).toEqual([422, '{"refused":"empty"}']);
  expect(await begin(COLLEAGUE, {}, 1000)).toEqual([404, '{"refused":"not_yours"}']);
});

test("the same file sent again, because the answer was lost, is the attachment that is there already", async () => {
  const at = await serving();
  const bytes = await plan();
  const first = await upload(at, TEACHER, "教案.docx", bytes);
  expect(await upload(at, TEACHER, "教案.docx", bytes)).toEqual(first);
  expect(await listAttachments(at.db, "plan", at.planId)).toHaveLength(1);
});

test("a form without script goes back to its page with what came of it, and never to another site", async () => {
  const at = await serving();
  const send = async (back: string, name: string) => {
    const form = new FormData();
    for (const [key, value] of Object.entries({ ownerType: "plan", ownerId: at.planId, kind: "document", back })) form.append(key, value);
    form.append("file", new Blob([(await plan()) as Buffer<ArrayBuffer>]), name);
    return (await at.as(TEACHER, "/uploads/simple", { method: "POST", body: form, headers: { accept: "text/html" } })).headers.get("location");
  };
  expect(await send("/plans/1?tab=files", "教案.docx")).toMatch(/^\/plans\/1\?tab=files&attached=[0-9A-Z]{26}$/);
  expect(await send("/plans/1", "教案.exe")).toBe("/plans/1?refused=kind");
  for (const elsewhere of ["https://evil.example/", "//evil.example", "/\\evil.example", "/.//evil.example"]) expect(await send(elsewhere, "教案.exe")).toMatch(/^\/(?!\/)/);
});

test("whose session ends, or whose seat does, while a file is on its way attaches nothing, by either way", async () => {
  let gone: "session" | "seat" | undefined;
  const at = await serving({
    viewer: async () => (gone === "session" ? null : { ...stranger(TEACHER), verified: gone !== "seat" }),
    mayAttach: async (viewer) => viewer.verified,
  });
  const bytes = await plan();
  const form = new Request(at.url, { method: "POST", body: formWith(at.planId, bytes) });
  const whole = new Uint8Array(await form.arrayBuffer());
  const slowly = async function* (all: Uint8Array, how: typeof gone) {
    yield all.subarray(0, all.byteLength - 200);
    await new Promise((resolve) => setTimeout(resolve, 200));
    gone = how;
    yield all.subarray(all.byteLength - 200);
  };
  const send = (path: string, method: string, headers: Record<string, string>, all: Uint8Array, how: typeof gone) =>
    at.as(TEACHER, path, { method, body: Readable.toWeb(Readable.from(slowly(all, how))) as ReadableStream, duplex: "half", headers } as RequestInit); // the types do not know `duplex` yet
  for (const how of ["session", "seat"] as const) {
    gone = undefined;
    expect((await send("/uploads/simple", "POST", { "content-type": form.headers.get("content-type") ?? "", accept: "application/json" }, whole, how)).status, how).toBe(404);
    gone = undefined;
    const begun = await at.as(TEACHER, "/uploads", { method: "POST", headers: tusHeaders({ ownerType: "plan", ownerId: at.planId, name: "教案.docx" }, bytes.byteLength) });
    const patch = { "tus-resumable": "1.0.0", "upload-offset": "0", "content-type": "application/offset+octet-stream" };
    expect((await send(begun.headers.get("location") ?? "", "PATCH", patch, bytes, how)).status, how).toBe(404);
  }
  expect(await listAttachments(at.db, "plan", at.planId)).toEqual([]);
  expect(readdirSync(join(at.folder, "uploads"))).toEqual([]);
});

test("whose seat ends while the scanner looks attaches nothing, by either way, and the bytes are not kept", async () => {
  let seated = true;
  const stored = aFolder();
  const look = async () => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    seated = false;
    return "clean" as const;
  };
  const at = await serving({ files: { ...filesOnDisk(stored), look }, mayAttach: async () => seated });
  const bytes = await plan();
  expect(await upload(at, TEACHER, "教案.docx", bytes)).toEqual({ status: 404, answer: { refused: "not_yours" } });
  seated = true;
  const begun = await at.as(TEACHER, "/uploads", { method: "POST", headers: tusHeaders({ ownerType: "plan", ownerId: at.planId, name: "教案.docx" }, bytes.byteLength) });
  expect((await at.as(TEACHER, begun.headers.get("location") ?? "", tusPatch(bytes, 0))).status).toBe(404);
  expect(await listAttachments(at.db, "plan", at.planId)).toEqual([]);
  expect(readdirSync(stored, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())).toEqual([]);
});

test("whose seat ends while the store takes the bytes attaches nothing either", async () => {
  let seated = true;
  const files = filesOnDisk(aFolder());
  const put: typeof files.put = async (...given) => {
    const stored = await files.put(...given);
    seated = false;
    return stored;
  };
  const at = await serving({ files: { ...files, put }, mayAttach: async () => seated });
  expect(await upload(at, TEACHER, "教案.docx", await plan())).toEqual({ status: 404, answer: { refused: "not_yours" } });
  expect(await listAttachments(at.db, "plan", at.planId)).toEqual([]);
});

test("whoever has brought what one person may bring in a day is told so, nothing of it is kept, and a colleague brings the same", async () => {
  const allowances = new Allowances(undefined, undefined, 100_000);
  const at = await serving({ mayAttach: async () => true, spend: (viewer, act, amount) => allowances.take("person", viewer.id, act, amount) });
  const bytes = await plan();
  const begin = async (person: string, length: number) => {
    const answer = await at.as(person, "/uploads", { method: "POST", headers: tusHeaders({ ownerType: "plan", ownerId: at.planId, name: "课件.docx" }, length) });
    return [answer.status, await answer.text()];
  };
  expect((await upload(at, TEACHER, "教案.docx", bytes)).status).toBe(201);
  expect((await begin(TEACHER, 80_000))[0]).toBe(201);
  // As much was said of the one that is under way, whether or not it has come.
  expect(await begin(TEACHER, 20_000)).toEqual([429, '{"refused":"day_full"}']);
  while ((await upload(at, TEACHER, "教案二.docx", bytes)).status === 201);
  expect(await upload(at, TEACHER, "教案三.docx", bytes)).toEqual({ status: 429, answer: { refused: "day_full" } });
  const form = new FormData();
  for (const [key, value] of Object.entries({ ownerType: "plan", ownerId: at.planId, kind: "document", back: "/plans/1" })) form.append(key, value);
  form.append("file", new Blob([bytes as Buffer<ArrayBuffer>]), "教案三.docx");
  expect((await at.as(TEACHER, "/uploads/simple", { method: "POST", body: form, headers: { accept: "text/html" } })).headers.get("location")).toBe("/plans/1?refused=day_full");
  expect((await listAttachments(at.db, "plan", at.planId)).map(({ name }) => name)).not.toContain("教案三.docx");
  expect((await upload(at, COLLEAGUE, "教案三.docx", bytes)).status).toBe(201);
  expect((await begin(COLLEAGUE, 80_000))[0]).toBe(201);
  expect(zh.refused.day_full).not.toBe(en.refused.day_full);
});

function formWith(planId: string, bytes: Uint8Array): FormData {
  const form = new FormData();
  for (const [key, value] of Object.entries({ ownerType: "plan", ownerId: planId, kind: "document" })) form.append(key, value);
  form.append("file", new Blob([bytes as Uint8Array<ArrayBuffer>]), "教案.docx");
  return form;
}
