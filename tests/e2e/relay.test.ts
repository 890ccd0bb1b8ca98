import { execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startBrowser } from "#tests/e2e/browser.ts";
import { aServerWithLive, twoWhoSeeEachOther } from "#tests/e2e/in-the-room.ts";
import { framesAndSound, waysInUse } from "#tests/e2e/picture-and-sound.ts";
import { freePort } from "#tests/free-port.ts";
import { program } from "#tests/live/livekit.ts";

const COTURN = "/usr/bin/turnserver";
const PATIENT = { timeout: 60_000, interval: 200 };
/** A relay hands nothing on from loopback to loopback. */
const outward = Object.values(networkInterfaces()).flat().find((one) => one?.family === "IPv4" && !one.internal)?.address;

test.skipIf(!program || !existsSync(COTURN) || !outward)("where a school lets nothing out but TLS, picture and sound come through a relay", async () => {
  const relay = await aRelay();
  const server = await aServerWithLive(undefined, { TURN_URLS: `turns:127.0.0.1:${relay.port}?transport=tcp`, TURN_SECRET: relay.secret, LIVEKIT_NODE_IP: outward ?? "" });
  const browser = await startBrowser({ media: true, trusting: true });
  onTestFinished(() => browser.close());
  const { chen, lin } = await twoWhoSeeEachOther(browser, server.url, "relay");
  for (const { page } of [chen, lin]) {
    const before = await framesAndSound(page);
    await expect.poll(async () => (await framesAndSound(page)).frames - before.frames, PATIENT).toBeGreaterThan(10);
    const ways = await waysInUse(page);
    expect(new Set(ways)).toEqual(new Set(["relay tls"]));
  }
});

/** coturn as docs/running.md sets it up, but for its ports and a certificate of its own. */
async function aRelay(): Promise<{ port: number; secret: string }> {
  const folder = mkdtempSync(join(tmpdir(), "tongyan-relay-"));
  const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
  execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "2", "-subj", "/CN=127.0.0.1"], { stdio: "ignore" });
  const [port, plain] = [await freePort(), await freePort()];
  const secret = randomBytes(24).toString("hex");
  const child = spawn(COTURN, ["-n", "--listening-ip=127.0.0.1", `--relay-ip=${outward}`, `--allowed-peer-ip=${outward}`, "--denied-peer-ip=0.0.0.0-255.255.255.255", `--listening-port=${plain}`, `--tls-listening-port=${port}`, `--cert=${certificate}`, `--pkey=${key}`, "--use-auth-secret", `--static-auth-secret=${secret}`, "--realm=tongyan.example", "--no-cli", "--no-dtls", "--log-file=stdout", `--pidfile=${join(folder, "pid")}`], { cwd: folder, stdio: "ignore" });
  onTestFinished(() => {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });
  await expect.poll(() => answers(port), PATIENT).toBe(true);
  return { port, secret };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const line = connect(port, "127.0.0.1", () => {
      line.destroy();
      resolve(true);
    });
    line.on("error", () => resolve(false));
  });
}
