import type { ServerBuild } from "@remix-run/node";

type Route = NonNullable<ServerBuild["routes"][string]>;

/**
 * Remix ranks and tries every route of its build several times for each page. So each address is answered by a handler that knows only the routes
 * that it, or an address above it, can mean: those that begin with its first word, or with any, and have no more words than it has. An address whose
 * first word no route has, or which is written in some other way, is answered by one that knows all.
 */
export function byAddress<Handler>(build: ServerBuild, handlerOf: (part: ServerBuild) => Handler): (path: string) => Handler {
  const routes = Object.values(build.routes).filter((route) => route !== undefined);
  const firsts = new Set(routes.map((route) => wordsOf(route, build)[0] ?? ANY));
  const parts = new Map<string, Handler>();
  const whole = handlerOf(build);
  const partAt = (first: string, count: number): Handler => {
    const key = `${first} ${count}`;
    const known = parts.get(key);
    if (known) return known;
    const part = handlerOf(withRoutes(build, routes.filter((route) => isMeant(wordsOf(route, build), first, count))));
    parts.set(key, part);
    return part;
  };
  return (path) => {
    const words = path.replace(/\.data$/, "").replace(/^\/_root$/, "/").replace(/\/$/, "").split("/");
    const [, first = ""] = words;
    if (words.length === 1) return partAt("", 0);
    return NAME.test(first) && firsts.has(first) && words.length <= LONGEST ? partAt(first, words.length - 1) : whole;
  };
}

const NAME = /^[a-z][a-z-]*$/;
/** A word of an address that may be anything. */
const ANY = "*";
/** No address of ours has more words: a stranger cannot make us keep parts without end. */
const LONGEST = 12;

function isMeant([first, ...others]: readonly string[], asked: string, count: number): boolean {
  if (first === undefined || !NAME.test(first)) return true;
  return first === asked && (others.length < count || others.some((word) => !/^[\w.:-]+$/.test(word)));
}

/** From the root on. */
function wordsOf(route: Route, build: ServerBuild): string[] {
  const parent = route.parentId === undefined ? undefined : build.routes[route.parentId];
  return [...(parent ? wordsOf(parent, build) : []), ...(route.path ?? "").split("/").filter(Boolean)];
}

function withRoutes(build: ServerBuild, routes: readonly Route[]): ServerBuild {
  const ids = new Set(routes.map(({ id }) => id));
  const only = <T>(all: Record<string, T>): Record<string, T> => Object.fromEntries(Object.entries(all).filter(([id]) => ids.has(id)));
  return { ...build, routes: only(build.routes), assets: { ...build.assets, routes: only(build.assets.routes) } };
}
