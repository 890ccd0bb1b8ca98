import { createRequestHandler, type ServerBuild } from "@remix-run/node";
import { matchRoutes } from "@remix-run/react";
import { expect, test } from "vitest";
import { byAddress } from "#server/build-parts.ts";
import { doorsOf, theBuild } from "#tests/doors/manifest.ts";

type Routes = Parameters<typeof matchRoutes>[0];

const routesOf = new Map<ServerBuild, Routes>();

/** What an address means to the router, with these routes. */
function meaning(build: ServerBuild, path: string): unknown {
  const routes = routesOf.get(build) ?? below(build, undefined);
  routesOf.set(build, routes);
  return matchRoutes(routes, path)?.map(({ route, params, pathname }) => ({ id: route.id, params, pathname })) ?? null;
}

function below(build: ServerBuild, parentId: string | undefined): Routes {
  return Object.values(build.routes)
    .filter((route) => route?.parentId === parentId)
    .map((route) => (route?.index ? { id: route.id, path: route.path, index: true } : { id: route?.id, path: route?.path, children: below(build, route?.id) })) as Routes; // with all that matching looks at
}

/** Every address that the build knows, written as people, scripts and mischief write it. */
function addresses(build: ServerBuild): string[] {
  const known = doorsOf(build).map(({ pattern }) => pattern.replace(/:\w+/g, "01J00000000000000000000000"));
  return ["/", "//", "/_root", "/nowhere", "/nowhere/at/all", "/$", "/:studioId", ...known].flatMap((path) => [
    path, `${path}/`, `/${path}`, path.toUpperCase(), `${path}/more`, path.replace(/^\/(\w)/, (_all, letter: string) => `/%${letter.charCodeAt(0).toString(16)}`), path.split("/", 2).join("/") || "/",
  ]);
}

test("every address means to its part of the build what it means to the whole, and whoever opens it can find the pages above", async () => {
  const build = await theBuild();
  const partAt = byAddress(build, (part) => part);
  const sizes: number[] = [];
  for (const path of addresses(build)) {
    const part = partAt(path);
    expect(meaning(part, path), path).toEqual(meaning(build, path));
    // The document names what lies above, and the browser takes that for all there is.
    for (let above = path; above.length > 1; above = above.slice(0, above.lastIndexOf("/"))) expect(meaning(part, above), `${above}, above ${path}`).toEqual(meaning(build, above));
    expect(meaning(part, "/")).toEqual(meaning(build, "/"));
    for (const id of Object.keys(part.routes)) expect(part.assets.routes[id], id).toEqual(build.assets.routes[id]);
    sizes.push(Object.keys(part.routes).length);
  }
  expect(Math.min(...sizes)).toBeLessThan(10);
  expect(Math.max(...sizes)).toBe(Object.keys(build.routes).length);
});

test("data of a page is asked of the same part; whatever asks about several pages, of the whole", async () => {
  const build = await theBuild();
  const partAt = byAddress(build, (part) => part);
  for (const [data, page] of [["/studios.data", "/studios"], ["/studios/x/members.data", "/studios/x/members"], ["/_root.data", "/"]] as const) expect(partAt(data)).toBe(partAt(page));
  expect(partAt("/__manifest")).toBe(build);
  const handle = byAddress(build, (part) => createRequestHandler(part, "production"));
  const patches = await handle("/__manifest")(new Request(`http://localhost/__manifest?version=${build.assets.version}&p=%2Fstudios&p=%2Fplans%2Fx&p=%2Fme`));
  expect(Object.keys((await patches.json()) as object)).toEqual(expect.arrayContaining(["routes/studios._index", "routes/plans.$planId._index", "routes/me._index"]));
});
