import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { requireViewer } from "#app/http/viewer.server.ts";
import { LessonRows } from "#app/lessons/lesson-rows.tsx";
import { lessonsOfStudio } from "#app/lessons/list.server.ts";
import { canStartPrep } from "#app/preps/policy.ts";
import { studioFor } from "#app/studios/access.server.ts";
import { LinkButton } from "#app/ui/button.tsx";
import { Empty } from "#app/ui/empty.tsx";
import { pageTitle } from "#app/ui/title.ts";

const PAGE = 30;

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "工作室的备课", "Lesson prep of the studio");

/** Every lesson that a studio prepares or has prepared, for its members. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const studio = await studioFor(context.db, viewer, "seeMembers", params.studioId);
  const before = new URL(request.url).searchParams.get("before") ?? undefined;
  const { lessons, next } = await lessonsOfStudio(context.db, viewer, studio.id, { ...(before && { before }), limit: PAGE });
  return { studio: { id: studio.id, name: studio.name }, lessons, next, mayStart: canStartPrep(viewer, studio.id) };
}

export default function PrepsOfStudio() {
  const { t } = useTranslation("studios");
  const { t: common } = useTranslation();
  const { studio, lessons, next, mayStart } = useLoaderData<typeof loader>();
  return (
    <div className="page">
      <p className="kick"><Link to={`/studios/${studio.id}`}>{studio.name}</Link></p>
      <div className="flex flex-wrap items-end justify-between gap-4">
        <h1>{t("preps.title")}</h1>
        {mayStart && <LinkButton to={`/studios/${studio.id}/preps/new`} weight="go">{t("home.prep")}</LinkButton>}
      </div>
      <div className="mt-6">{lessons.length === 0 ? <Empty title={t("home.nothing")}>{t("home.nothingMember")}</Empty> : <LessonRows lessons={lessons} ofOneStudio />}</div>
      {next && <p className="mt-4"><LinkButton to={`?before=${next}`}>{common("act.more")}</LinkButton></p>}
    </div>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
