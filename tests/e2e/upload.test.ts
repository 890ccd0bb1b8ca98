import { randomBytes } from "node:crypto";
import { build } from "esbuild";
import { expect, onTestFinished, test } from "vitest";
import type { RunningUpload, UploadTo, UploadWatch } from "#app/files/upload.ts";
import { StoreAway } from "#app/files/files.ts";
import { listAttachments } from "#db/attachments.ts";
import { uploadsOnDisk } from "#server/uploads.ts";
import { startBrowser } from "#tests/e2e/browser.ts";
import { aFolder, PATIENT, type Serving, serving, TEACHER } from "#tests/files/serving.ts";
import { stranger } from "#tests/people.ts";

declare global {
  interface Window {
    upload(file: File, to: UploadTo, watch: UploadWatch): Promise<RunningUpload>;
    happened: string[];
  }
}

const MEGABYTE = 1 << 20;

/** A page of the teacher's with our uploading in it. `clock`: its time stands still but for what it is wound on. */
async function aPageThatUploads(at: Serving, { clock = false } = {}) {
  const script = await build({ stdin: { contents: 'import { upload } from "#app/files/upload.ts"; window.upload = upload; window.happened = [];', resolveDir: process.cwd() }, bundle: true, write: false, format: "esm", platform: "browser" });
  const browser = await startBrowser();
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  if (clock) await page.clock.install();
  await page.route(`${at.url}/page`, (route) => route.fulfill({ contentType: "text/html", body: `<script type="module">${script.outputFiles[0]?.text.replaceAll("</script", "<\\/script")}</script>` }));
  await page.goto(`${at.url}/page`);
  const send = (name: string, bytes: Uint8Array) =>
    page.evaluate(async ([fileName, encoded, ownerId]) => {
      window.happened.length = 0;
      const file = new File([Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0))], fileName);
      await window.upload(file, { ownerType: "plan", ownerId, kind: "courseware" }, {
        progress: (share) => window.happened.push(share < 0.4 ? "begun" : "halfway"),
        checking: () => window.happened.push("checking"),
        waiting: (_share, what) => window.happened.push(`waiting for the ${what}`),
        done: ({ name: kept }) => window.happened.push(`done ${kept}`),
        refused: (reason) => window.happened.push(`refused ${reason}`),
      });
    }, [name, Buffer.from(bytes).toString("base64"), at.planId] as const);
  return { page, send };
}

test("courseware of 12 MB arrives over a line that is cut in the middle, and a program does not", async () => {
  const at = await serving({ viewer: async () => stranger(TEACHER) });
  const { page, send } = await aPageThatUploads(at);
  const line = await page.context().newCDPSession(page);
  const shape = (offline: boolean) => line.send("Network.emulateNetworkConditions", { offline, latency: 5, downloadThroughput: 8 * MEGABYTE, uploadThroughput: 4 * MEGABYTE });
  const until = (what: string) => page.waitForFunction((wanted) => window.happened.includes(wanted), what, { timeout: 60_000 });

  await shape(false);
  const pdf = Buffer.concat([Buffer.from("%PDF-1.7\n"), randomBytes(12 * MEGABYTE)]);
  await send("课件.pdf", pdf);
  await until("halfway");
  await shape(true);
  await until("waiting for the line");
  await shape(false);
  await until("done 课件.pdf");
  expect(await listAttachments(at.db, "plan", at.planId)).toMatchObject([{ name: "课件.pdf", kind: "courseware", byteCount: pdf.byteLength }]);

  await send("课件.exe", Buffer.from("MZ"));
  await until("refused kind");
  await send("课件.pptx", Buffer.from("不是幻灯片"));
  await until("refused mismatch");
  expect(await listAttachments(at.db, "plan", at.planId)).toHaveLength(1);
});

test("an upload waits for a store that is away for as long as it takes, says so, and goes on by itself", async () => {
  const uploads = uploadsOnDisk(aFolder());
  let away = true;
  let asked = 0;
  const create = uploads.create.bind(uploads);
  uploads.create = async (upload) => {
    asked += 1;
    if (away) throw new StoreAway("away");
    return create(upload);
  };
  const at = await serving({ viewer: async () => stranger(TEACHER), uploads });
  const { page, send } = await aPageThatUploads(at, { clock: true });
  await send("课件.pdf", Buffer.from("%PDF-1.7\n分数的意义\n%%EOF\n"));
  // More often than the library itself tries again.
  await expect.poll(async () => (await page.clock.runFor(60_000), asked), PATIENT).toBeGreaterThan(9);
  expect(new Set(await page.evaluate(() => window.happened))).toEqual(new Set(["waiting for the store"]));
  away = false;
  await expect.poll(async () => (await page.clock.runFor(60_000), page.evaluate(() => window.happened)), PATIENT).toContain("done 课件.pdf");
  expect(await listAttachments(at.db, "plan", at.planId)).toHaveLength(1);
});
