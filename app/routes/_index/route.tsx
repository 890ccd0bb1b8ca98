import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { MyDay } from "#app/home/my-day.tsx";
import { myDay } from "#app/home/my-day.server.ts";
import { Welcome } from "#app/home/welcome.tsx";
import { welcome } from "#app/home/welcome.server.ts";
import { pageTitle } from "#app/ui/title.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "首页", "Home");

/** For visitors, what this is; for people, what waits, what comes next and where they left off. */
export async function loader({ context }: LoaderFunctionArgs) {
  const viewer = await context.viewer();
  return viewer ? { day: await myDay(context.db, viewer), welcome: null } : { day: null, welcome: await welcome(context.db) };
}

export default function Home() {
  const { day, welcome } = useLoaderData<typeof loader>();
  return day ? <MyDay {...day} /> : <Welcome {...welcome} />;
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
