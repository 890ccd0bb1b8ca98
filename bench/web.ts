import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { demoId } from "#server/demo/ids.ts";
import { running } from "#tests/e2e/running.ts";
import type { Bench } from "./bench.ts";
import { quantile, rounded } from "./numbers.ts";
import { load, nothingTold, type Told } from "./web/load.ts";
import { signedIn } from "./web/sign-in.ts";

const VERSION = (createRequire(import.meta.url)("@remix-run/node/package.json") as { version: string }).version;

/** A studio's home, read by a member and by a visitor, beside a bare page of the same markup. They take turns, so that what else the machine does meets all. */
export const web: Bench = {
  about: "pages a second: a studio's home for a member and for a visitor, beside a bare Remix page of the same markup",
  options: { turns: 6, seconds: 5, connections: 16 },
  async run({ option, say }) {
    const folder = mkdtempSync(join(tmpdir(), "tongyan-web-"));
    const server = await running();
    let bare: Bare | undefined;
    try {
      const path = `/studios/${demoId("studio", "wenlan")}`;
      const member = { cookie: await signedIn(server.url, "lin-yutong") };
      const page = await fetch(server.url + path, { headers: member });
      const html = await page.text();
      if (page.status !== 200 || !html.includes("林雨桐")) throw new Error(`${path} does not know its member: ${page.status}`);
      writeFileSync(join(folder, "page.html"), html);
      bare = await startBare(join(folder, "page.html"));
      const size = (await (await fetch(bare.url)).text()).length;
      say(`${path}: ${html.length} characters, of which ${html.replace(/<script[^]*?<\/script>/g, "").length} markup; the bare page ${size}`);
      const how = { connections: option("connections"), seconds: option("seconds") };
      const [signed, anonymous, baseline] = [nothingTold(), nothingTold(), nothingTold()];
      // The first turn only warms.
      for (let turn = 0; turn <= option("turns"); turn += 1) {
        const counts = (told: Told) => (turn === 0 ? nothingTold() : told);
        await load(server.url, path, member, how, counts(signed));
        await load(bare.url, "/page", {}, how, counts(baseline));
        await load(server.url, path, {}, how, counts(anonymous));
      }
      const ours = { anonymousRps: rps(anonymous), signedInRps: rps(signed), p95Ms: p95(signed), anonymousP95Ms: p95(anonymous), errors: signed.errors + anonymous.errors };
      const peer = { name: "a bare Remix page (baseline)", version: VERSION, signedInRps: rps(baseline), p95Ms: p95(baseline), errors: baseline.errors };
      return {
        ours,
        peer,
        ratio: { signedInRps: rounded(ours.signedInRps / peer.signedInRps), p95Ms: rounded(ours.p95Ms / peer.p95Ms) },
        samples: signed.answers + anonymous.answers,
        broken: [...(ours.errors > 0 ? [`${ours.errors} answers were not a page`] : []), ...(signed.answers === 0 || anonymous.answers === 0 ? ["nothing was answered"] : [])],
      };
    } finally {
      bare?.child.kill();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

interface Bare {
  url: string;
  child: ChildProcess;
}

async function startBare(file: string): Promise<Bare> {
  const child = spawn(process.execPath, ["bench/web/bare.ts", file], { cwd: join(import.meta.dirname, ".."), stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, NODE_ENV: "production" } });
  const [port] = (await Promise.race([once(child.stdout, "data"), once(child, "exit").then(() => Promise.reject(new Error("the bare page ended while it started")))])) as [Buffer];
  return { child, url: `http://127.0.0.1:${port.toString().trim()}/page` };
}

function rps({ answers, seconds }: Told): number {
  return Math.round(answers / seconds);
}

function p95({ ms }: Told): number {
  return rounded(quantile(ms, 0.95));
}
