import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { WaitCard, WaitRow } from "#app/home/wait.tsx";
import { waitsFor } from "#app/home/waits.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { LessonRows } from "#app/lessons/lesson-rows.tsx";
import { lessonsOf } from "#app/lessons/list.server.ts";
import { canStartPrep } from "#app/preps/policy.ts";
import { LinkButton } from "#app/ui/button.tsx";
import { Empty } from "#app/ui/empty.tsx";
import { pageTitle } from "#app/ui/title.ts";
import { listSeatsOf } from "#db/people.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "备课", "Lesson prep");

/** My lessons: what waits for me, what is under way, what has travelled the chain. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const [waits, lessons, seats] = await Promise.all([waitsFor(context.db, viewer), lessonsOf(context.db, viewer), listSeatsOf(context.db, viewer.id)]);
  const elsewhere = new Set(["invitation", "applications"]);
  return { now: new Date(), waits: waits.filter((wait) => !elsewhere.has(wait.key)), ...lessons, studios: seats.filter((seat) => canStartPrep(viewer, seat.studioId)) };
}

export default function Lessons() {
  const { t } = useTranslation("lessons");
  const { now, waits, underWay, finished, studios } = useLoaderData<typeof loader>();
  const [first, ...others] = waits.map((wait) => ({ ...wait, due: wait.due && new Date(wait.due) }));
  const nothing = waits.length + underWay.length + finished.length === 0;
  return (
    <div className="page">
      <div className="flex flex-wrap items-center justify-between gap-4">
        <h1>{t("list.title")}</h1>
        <div className="flex flex-wrap gap-3">
          <LinkButton to="/lessons/new" weight={nothing && studios.length === 0 ? "go" : "plain"}>{t("list.start")}</LinkButton>
          {studios.map((studio, index) => (
            <LinkButton key={studio.studioId} to={`/studios/${studio.studioId}/preps/new`} weight={!first && index === 0 ? "go" : "plain"} className="whitespace-normal!">{t("list.startIn", { studio: studio.studio })}</LinkButton>
          ))}
        </div>
      </div>
      {nothing ? (
        <div className="mt-8"><Empty title={t("list.empty")}><p className="max-w-[34rem]">{t("list.emptyHelp")}</p></Empty></div>
      ) : (
        <>
          <h2 className="mt-8 mb-3">{t("list.waits")}</h2>
          {first ? <WaitCard wait={first} now={new Date(now)} /> : <p className="text-ink-2">{t("list.none")}</p>}
          {others.length > 0 && <ul className="rows mt-4">{others.map((wait) => <WaitRow key={wait.href + wait.key} wait={wait} now={new Date(now)} />)}</ul>}
          <h2 className="mt-9 mb-3">{t("list.underWay")}</h2>
          {underWay.length === 0 ? <p className="text-ink-2">{t("list.noneUnderWay")}</p> : <LessonRows lessons={underWay} />}
          <h2 className="mt-9 mb-3">{t("list.finished")}</h2>
          {finished.length === 0 ? <p className="text-ink-2">{t("list.noneFinished")}</p> : <LessonRows lessons={finished} />}
        </>
      )}
    </div>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
