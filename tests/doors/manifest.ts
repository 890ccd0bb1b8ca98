import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { ServerBuild } from "@remix-run/node";

/** An address of the platform as the build knows it. */
export interface Door {
  /** `/plans/:planId/versions/:no` */
  pattern: string;
  /** Names of its parameters, in order. */
  params: readonly string[];
  opens: boolean;
  acts: boolean;
}

/** The pages as they were built, the same file that `npm start` serves. */
export async function theBuild(): Promise<ServerBuild> {
  return (await import(/* @vite-ignore */ pathToFileURL(resolve("build/server/index.js")).href)) as ServerBuild; // made by `remix vite:build`
}

/** Every door of the build, found by walking its routes. The last resort for unknown addresses has none behind it. */
export function doorsOf(build: ServerBuild): Door[] {
  const doors = new Map<string, Door>();
  for (const route of Object.values(build.routes)) {
    if (!route || route.id === "root") continue;
    const pattern = fullPath(build, route.id);
    if (pattern.includes("*")) continue;
    const known = doors.get(pattern);
    doors.set(pattern, {
      pattern,
      params: [...pattern.matchAll(/:(\w+)/g)].map((found) => found[1] ?? ""),
      opens: (known?.opens ?? false) || route.module.loader !== undefined || route.module.default !== undefined,
      acts: (known?.acts ?? false) || route.module.action !== undefined,
    });
  }
  return [...doors.values()].sort((a, b) => a.pattern.localeCompare(b.pattern));
}

/** The door that an address leads to, or undefined. Words win over parameters, as they do in the router. */
export function doorAt(doors: readonly Door[], pathname: string): Door | undefined {
  const fits = doors.filter((door) => new RegExp(`^${door.pattern.replace(/[.]/g, "\\.").replace(/:\w+/g, "[^/]+")}/?$`).test(pathname));
  return fits.sort((a, b) => a.params.length - b.params.length)[0];
}

/** The address with its parameters filled in. */
export function addressOf(pattern: string, values: Record<string, string>): string {
  return pattern.replace(/:(\w+)/g, (_all, name: string) => encodeURIComponent(values[name] ?? ""));
}

function fullPath(build: ServerBuild, id: string): string {
  const parts: string[] = [];
  for (let at: string | undefined = id; at && at !== "root"; at = build.routes[at]?.parentId) parts.unshift(build.routes[at]?.path ?? "");
  return `/${parts.filter(Boolean).join("/")}`;
}
