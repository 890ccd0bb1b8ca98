import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { readSettings } from "#server/env.ts";
import { relayFor } from "#server/live/relay.ts";

const settings = (env: Record<string, string>) => readSettings([], { NODE_ENV: "test", ...env }).relay;

test("a name and a password for the relay say until when and who, and follow from the secret", () => {
  const at = Date.UTC(2026, 10, 27, 12);
  const relay = { urls: ["turns:turn.example.cn:443?transport=tcp"], secret: "共用的秘密" };
  const [entry] = relayFor(relay, "01K5Z00000JD7PCP3Y6ZXPHD2J", at);
  expect(entry).toEqual({ urls: relay.urls, username: `${at / 1000 + 6 * 3_600}:01K5Z00000JD7PCP3Y6ZXPHD2J`, credential: createHmac("sha1", relay.secret).update(entry?.username ?? "").digest("base64") });
  expect(relayFor(undefined, "01K5Z00000JD7PCP3Y6ZXPHD2J", at)).toEqual([]);
});

test("a relay is named with its secret, or not at all, and by addresses that a browser takes", () => {
  expect(settings({})).toBeUndefined();
  expect(settings({ TURN_URLS: "turns:turn.example.cn:443?transport=tcp, turn:turn.example.cn:3478", TURN_SECRET: "秘密" })).toEqual({ urls: ["turns:turn.example.cn:443?transport=tcp", "turn:turn.example.cn:3478"], secret: "秘密" });
  expect(() => settings({ TURN_URLS: "turns:turn.example.cn:443" })).toThrow(/TURN_SECRET/);
  expect(() => settings({ TURN_SECRET: "秘密" })).toThrow(/TURN_URLS/);
  for (const odd of ["https://turn.example.cn", "turns://turn.example.cn", "turn:a b", "turn:a?transport=tls"]) expect(() => settings({ TURN_URLS: odd, TURN_SECRET: "秘密" }), odd).toThrow(/TURN_URLS must look like/);
});
