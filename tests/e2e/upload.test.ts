import { randomBytes } from "node:crypto";
import { build } from "esbuild";
import { expect, onTestFinished, test } from "vitest";
import type { RunningUpload, UploadTo, UploadWatch } from "#app/files/upload.ts";
import { listAttachments } from "#db/attachments.ts";
import { startBrowser } from "#tests/e2e/browser.ts";
import { serving, TEACHER } from "#tests/files/serving.ts";
import { stranger } from "#tests/people.ts";

declare global {
  interface Window {
    upload(file: File, to: UploadTo, watch: UploadWatch): Promise<RunningUpload>;
    happened: string[];
  }
}

const MEGABYTE = 1 << 20;

test("courseware of 12 MB arrives over a line that is cut in the middle, and a program does not", async () => {
  const at = await serving({ viewer: async () => stranger(TEACHER) });
  const script = await build({ stdin: { contents: 'import { upload } from "#app/files/upload.ts"; window.upload = upload; window.happened = [];', resolveDir: process.cwd() }, bundle: true, write: false, format: "esm", platform: "browser" });
  const browser = await startBrowser();
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  await page.route(`${at.url}/page`, (route) => route.fulfill({ contentType: "text/html", body: `<script type="module">${script.outputFiles[0]?.text.replaceAll("</script", "<\\/script")}</script>` }));
  await page.goto(`${at.url}/page`);
  const line = await page.context().newCDPSession(page);
  const shape = (offline: boolean) => line.send("Network.emulateNetworkConditions", { offline, latency: 5, downloadThroughput: 8 * MEGABYTE, uploadThroughput: 4 * MEGABYTE });
  const send = (name: string, bytes: Uint8Array) =>
    page.evaluate(async ([fileName, encoded, ownerId]) => {
      window.happened.length = 0;
      const file = new File([Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0))], fileName);
      await window.upload(file, { ownerType: "plan", ownerId, kind: "courseware" }, {
        progress: (share) => window.happened.push(share < 0.4 ? "begun" : "halfway"),
        checking: () => window.happened.push("checking"),
        waiting: () => window.happened.push("waiting"),
        done: ({ name: kept }) => window.happened.push(`done ${kept}`),
        refused: (reason) => window.happened.push(`refused ${reason}`),
      });
    }, [name, Buffer.from(bytes).toString("base64"), at.planId] as const);
  const until = (what: string) => page.waitForFunction((wanted) => window.happened.includes(wanted), what, { timeout: 60_000 });

  await shape(false);
  const pdf = Buffer.concat([Buffer.from("%PDF-1.7\n"), randomBytes(12 * MEGABYTE)]);
  await send("课件.pdf", pdf);
  await until("halfway");
  await shape(true);
  await until("waiting");
  await shape(false);
  await until("done 课件.pdf");
  expect(await listAttachments(at.db, "plan", at.planId)).toMatchObject([{ name: "课件.pdf", kind: "courseware", byteCount: pdf.byteLength }]);

  await send("课件.exe", Buffer.from("MZ"));
  await until("refused kind");
  await send("课件.pptx", Buffer.from("不是幻灯片"));
  await until("refused mismatch");
  expect(await listAttachments(at.db, "plan", at.planId)).toHaveLength(1);
});
