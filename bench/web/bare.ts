/** A bare Remix page on Express, as Remix's own template serves it, that renders the markup of a file and asks nobody for anything. */
import { readFileSync } from "node:fs";
import { PassThrough } from "node:stream";
import { createRequestHandler } from "@remix-run/express";
import { createReadableStreamFromReadable, type EntryContext, type ServerBuild } from "@remix-run/node";
import { Outlet, RemixServer, Scripts } from "@remix-run/react";
import compression from "compression";
import express from "express";
import { createElement, type ReactNode } from "react";
import { renderToPipeableStream } from "react-dom/server";
import { type Node, readMarkup } from "./markup.ts";

const html = readMarkup(readFileSync(process.argv[2] ?? "", "utf8"));
const [head, body] = typeof html === "string" ? [] : html.children;
if (typeof html === "string" || !head || !body || typeof body === "string") throw new Error("a page has a head and a body");

const Root = () => createElement("html", html.attributes, show(head, 0), createElement("body", body.attributes, createElement(Outlet), createElement(Scripts)));
const Page = () => createElement("div", null, ...body.children.map(show));

function show(node: Node, key: number): ReactNode {
  return typeof node === "string" ? node : createElement(node.tag, { ...node.attributes, key }, ...node.children.map(show));
}

function handleRequest(request: Request, status: number, headers: Headers, remix: EntryContext): Promise<Response> {
  return new Promise((resolve, reject) => {
    const { pipe } = renderToPipeableStream(createElement(RemixServer, { context: remix, url: request.url }), {
      onShellReady() {
        const stream = new PassThrough();
        headers.set("content-type", "text/html");
        resolve(new Response(createReadableStreamFromReadable(stream), { headers, status }));
        pipe(stream);
      },
      onShellError: reject,
    });
  });
}

const asset = { hasAction: false, hasLoader: false, hasClientAction: false, hasClientLoader: false, hasErrorBoundary: false, clientActionModule: undefined, clientLoaderModule: undefined, hydrateFallbackModule: undefined, imports: [], module: "/route.js" };
const build = {
  entry: { module: { default: handleRequest } },
  routes: { root: { id: "root", path: "", module: { default: Root } }, page: { id: "page", parentId: "root", path: "page", module: { default: Page } } },
  assets: { version: "1", url: "/manifest.js", entry: { module: "/entry.js", imports: [] }, routes: { root: { ...asset, id: "root", path: "" }, page: { ...asset, id: "page", parentId: "root", path: "page" } } },
  publicPath: "/",
  assetsBuildDirectory: "",
  basename: "/",
  isSpaMode: false,
  future: { v3_fetcherPersist: true, v3_lazyRouteDiscovery: true, v3_relativeSplatPath: true, v3_routeConfig: true, v3_singleFetch: true, v3_throwAbortReason: true, unstable_optimizeDeps: true },
} as unknown as ServerBuild; // made by hand: the types ask for more than is used

const app = express();
app.disable("x-powered-by");
app.use(compression());
app.use(createRequestHandler({ build, mode: "production" }));
const server = app.listen(0, "127.0.0.1", () => {
  const address = server.address();
  console.log(address && typeof address === "object" ? address.port : 0);
});
