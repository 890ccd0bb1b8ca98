import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { requireViewer } from "#app/http/viewer.server.ts";
import { HistoryOfPrep, PlansOfLesson, PublicationsOfLesson, ReflectionsOfLesson, RunsOfLesson, SeminarsOfLesson } from "#app/lessons/lesson-links.tsx";
import { lessonPage } from "#app/lessons/lesson-page.server.ts";
import { LessonPeople } from "#app/lessons/lesson-people.tsx";
import { NextStep } from "#app/lessons/next-step.tsx";
import { usePlace } from "#app/lessons/place.ts";
import { Chain } from "#app/ui/chain.tsx";
import { pageTitle } from "#app/ui/title.ts";

export const meta: MetaFunction<typeof loader> = ({ matches, data }) => pageTitle(matches, data?.lesson.title ?? "", data?.lesson.title ?? "");

/** A lesson and the whole of its chain: where it is, what comes next, who is waited for, what is missing. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  return lessonPage(context.db, viewer, params.lessonId);
}

export default function LessonPage() {
  const { t } = useTranslation("lessons");
  const page = useLoaderData<typeof loader>();
  const place = usePlace();
  const { lesson, prep } = page;
  const lead = prep?.participants.find((one) => one.part === "lead_preparer");
  return (
    <div className="page">
      <p className="kick">{[prep?.groupName, page.place && place(page.place)].filter(Boolean).join(" · ")}</p>
      <h1>{lesson.title}</h1>
      <p className="mb-6 text-ink-2">
        {lesson.studioId && <><Link to={`/studios/${lesson.studioId}`}>{lesson.studioName}</Link> · </>}
        {lead ? t("one.by", { name: lead.name }) : t("one.owner", { name: lesson.ownerName })}
      </p>
      <Chain now={page.chain} notes={prep?.notes && prep.notes.due > 0 ? { individual_draft: `${prep.notes.submitted} / ${prep.notes.due}` } : {}} />
      <div className="two mt-2">
        <div className="min-w-0">
          {prep && <NextStep prep={prep} publishes={page.publishPlanId !== null} />}
          {page.chain === "published" && <PublicationsOfLesson page={page} />}
          <PlansOfLesson page={page} />
          <SeminarsOfLesson page={page} />
          <RunsOfLesson page={page} />
          <ReflectionsOfLesson page={page} />
          {page.chain !== "published" && <PublicationsOfLesson page={page} />}
        </div>
        <aside className="mt-6 grid content-start gap-8">
          {prep && <LessonPeople prep={prep} />}
          {prep && <HistoryOfPrep prep={prep} />}
        </aside>
      </div>
    </div>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
