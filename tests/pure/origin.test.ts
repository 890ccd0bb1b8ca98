import { expect, test } from "vitest";
import { isOwnOrigin } from "#server/origin.ts";

const PUBLIC = "https://tongyan.example";

test.each<[string, Parameters<typeof isOwnOrigin>[0], boolean, string]>([
  ["the public address", { origin: PUBLIC, host: "tongyan.example" }, true, PUBLIC],
  ["the same whatever host the proxy says", { origin: PUBLIC, host: "127.0.0.1:3000" }, true, PUBLIC],
  ["the own host without https", { origin: "http://tongyan.example", host: "tongyan.example" }, false, PUBLIC],
  ["another port of the own host", { origin: "https://tongyan.example:8443", host: "tongyan.example:8443" }, false, PUBLIC],
  ["a host below it", { origin: "https://a.tongyan.example", host: "tongyan.example" }, false, PUBLIC],
  ["a host that begins like it", { origin: "https://tongyan.example.evil.example", host: "tongyan.example" }, false, PUBLIC],
  ["the machine's number behind https", { origin: "http://127.0.0.1:3000", host: "127.0.0.1:3000" }, false, PUBLIC],
  ["another name that leads here", { origin: "https://evil.example", host: "evil.example" }, false, PUBLIC],
  ["a page without an address", { origin: "null", host: "tongyan.example" }, false, PUBLIC],
  ["what is no address", { origin: "http://a b", host: "a b" }, false, "http://tongyan.example"],
  ["without https: the machine's number", { origin: "http://127.0.0.1:3000", host: "127.0.0.1:3000" }, true, "http://localhost:3000"],
  ["without https: the machine's longer number", { origin: "http://[::1]:3000", host: "[::1]:3000" }, true, "http://localhost:3000"],
  ["without https: another port of it", { origin: "http://127.0.0.1:4000", host: "127.0.0.1:3000" }, false, "http://localhost:3000"],
  ["without https: another name that leads here", { origin: "http://evil.example:3000", host: "evil.example:3000" }, false, "http://localhost:3000"],
  ["a browser that says so without an origin", { host: "tongyan.example", "sec-fetch-site": "same-origin" }, true, PUBLIC],
  ["a browser that comes from elsewhere without an origin", { host: "tongyan.example", "sec-fetch-site": "same-site" }, false, PUBLIC],
  ["a program", { host: "tongyan.example" }, true, PUBLIC],
])("an act from %s", (_where, headers, expected, publicUrl) => {
  expect(isOwnOrigin(headers, publicUrl)).toBe(expected);
});
