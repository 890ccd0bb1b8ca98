import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { requireViewer } from "#app/http/viewer.server.ts";
import { ownEvidence } from "#app/people/own-evidence.server.ts";
import { LinkButton } from "#app/ui/button.tsx";
import { Empty } from "#app/ui/empty.tsx";
import { useSay } from "#app/ui/say.ts";
import { pageTitle } from "#app/ui/title.ts";
import { When } from "#app/ui/when.tsx";
import { countEvidence, findBrokenLink } from "#db/evidence.ts";

const PAGE = 30;

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "我的凭据", "My evidence");

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const before = new URL(request.url).searchParams.get("before") ?? undefined;
  const events = await ownEvidence(context.db, viewer, { ...(before && { before }), limit: PAGE });
  return { total: await countEvidence(context.db, viewer.id), broken: await findBrokenLink(context.db, viewer.id), events };
}

export default function MyEvidence() {
  const { t } = useTranslation("people");
  const { t: common } = useTranslation();
  const say = useSay();
  const { total, broken, events } = useLoaderData<typeof loader>();
  const last = events.at(-1);
  return (
    <div className="page">
      <h1>{t("evidence.title")}</h1>
      <p className="mt-2 max-w-[38em] text-ink-2">{t("evidence.lead")}</p>
      {total === 0 ? (
        <div className="mt-6"><Empty title={t("evidence.empty")} /></div>
      ) : (
        <>
          <p className="mt-5">
            <b className="font-song text-title">{t("evidence.count", { count: total })}</b>{" "}
            <span className={`text-small ${broken === null ? "text-pine" : "text-cinnabar"}`}>{broken === null ? t("evidence.whole") : t("evidence.broken", { position: broken })}</span>
          </p>
          <ul className="rows mt-3">
            {events.map((event) => (
              <li key={event.id}>
                <div className="w-[7.5rem] shrink-0 text-small text-ink-2"><When at={event.occurredAt} as={event.dayOnly ? "weekday" : "dayTime"} /></div>
                <div className="min-w-0 flex-1">
                  <p>{event.place ? <Link to={event.place}>{say(`people:evidence.kind.${event.kind}`)}</Link> : say(`people:evidence.kind.${event.kind}`)}</p>
                  {event.title && <p className="font-song wrap-anywhere">{event.title}</p>}
                  <p className="text-small text-ink-3">{t("evidence.chain", { position: event.position, hash: event.hash })}</p>
                </div>
              </li>
            ))}
          </ul>
          {last && events.length === PAGE && <p className="mt-4"><LinkButton to={`?before=${last.id}`}>{common("act.more")}</LinkButton></p>}
        </>
      )}
    </div>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
