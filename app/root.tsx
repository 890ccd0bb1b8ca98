import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Links, Meta, Outlet, Scripts, ScrollRestoration, useRouteLoaderData } from "@remix-run/react";
import { type ReactNode, useContext, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { countUnread } from "#db/notices.ts";
import stylesheet from "./app.css?url";
import { readCookie } from "./http/cookie.ts";
import { localeOf } from "./http/locale.server.ts";
import { ROOMS_ID, roomsAskedFor } from "./i18n/rooms.ts";
import { RequestNumber } from "./ui/fault-number.ts";
import { Frame } from "./ui/frame.tsx";
import { useKeptForms } from "./ui/kept-form.ts";
import { Nonce } from "./ui/nonce.ts";
import { RefusalPage } from "./ui/refusal-page.tsx";

export const links: LinksFunction = () => [{ rel: "stylesheet", href: stylesheet }];

export const meta: MetaFunction = () => [{ title: "同研" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await context.viewer();
  const theme = viewer?.theme ?? readCookie(request, "theme");
  return {
    locale: localeOf(request, viewer),
    theme: theme === "light" || theme === "dark" ? theme : null,
    visitor: viewer && { id: viewer.id, name: viewer.name, unread: await countUnread(context.db, viewer.id) },
    requestId: context.requestId,
    demo: context.site.demo,
  };
}

/** What the root heard last in this tab. When the line is cut not even the root is answered, and nobody must look signed out for that. */
let known: ReturnType<typeof useRouteLoaderData<typeof loader>>;

export function Layout({ children }: { children: ReactNode }) {
  const heard = useRouteLoaderData<typeof loader>("root");
  const loaded = heard ?? known;
  useEffect(() => {
    if (heard) known = heard;
  }, [heard]);
  const { i18n } = useTranslation();
  const nonce = useContext(Nonce);
  const requestNumber = useContext(RequestNumber);
  useKeptForms();
  return (
    <html lang={i18n.language} data-theme={loaded?.theme ?? undefined} data-fault={loaded ? undefined : requestNumber}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <Meta />
        <Links />
      </head>
      <body>
        <Frame visitor={loaded?.visitor ?? null}>{children}</Frame>
        <RoomsOfWords />
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

/** Written after everything that asks for words. */
function RoomsOfWords() {
  const { i18n } = useTranslation();
  return <script type="application/json" id={ROOMS_ID} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: JSON.stringify(roomsAskedFor(i18n)) }} />;
}

export default function App() {
  return <Outlet />;
}

export { RefusalPage as ErrorBoundary };
