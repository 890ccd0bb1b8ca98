import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { LinkButton } from "../ui/button.tsx";
import { Tag } from "../ui/tag.tsx";
import { When } from "../ui/when.tsx";
import type { LessonShown } from "./lesson-shown.ts";

export function PlansOfLesson({ page }: { page: LessonShown }) {
  const { t } = useTranslation("lessons");
  const { t: plans } = useTranslation("plans");
  const rank = (plan: LessonShown["plans"][number]) => (plan.mine ? 0 : plan.kind === "common" ? 1 : 2);
  const shown = page.plans.filter((plan) => plan.state !== "superseded").sort((a, b) => rank(a) - rank(b));
  const name = (plan: LessonShown["plans"][number]) => (plan.kind === "common" ? t("one.commonPlan") : plan.kind === "individual" ? (plan.mine ? t("one.mine") : t("one.draft", { name: plan.owner })) : plan.kind === "personal" ? t("one.personal") : t("one.standalone"));
  return (
    <Part title={t("one.plans")} act={page.may.fork && page.commonPlanId && <LinkButton to={`/plans/${page.commonPlanId}/fork`}>{t("one.fork")}</LinkButton>}>
      {shown.length === 0 ? <p className="text-ink-2">{t("one.blind")}</p> : (
        <ul className="rows">
          {shown.map((plan) => (
            <li key={plan.id}>
              <div className="min-w-0 flex-1"><Link to={`/plans/${plan.id}`} className="font-song text-lead font-semibold">{name(plan)}</Link> {plan.note && plan.note !== "revealed" && <Tag>{t(`one.state.${plan.note}`)}</Tag>} {plan.secondPrep && <Tag>{plans(`secondPrep.${plan.secondPrep}`)}</Tag>}</div>
              <Link to={`/plans/${plan.id}/read`} className="text-small">{t("one.read")}</Link>
            </li>
          ))}
        </ul>
      )}
    </Part>
  );
}

export function SeminarsOfLesson({ page }: { page: LessonShown }) {
  const { t } = useTranslation("lessons");
  const { lesson, seminars, may } = page;
  return (
    <Part title={t("one.seminars")} act={may.schedule && lesson.studioId && <LinkButton to={`/studios/${lesson.studioId}/seminars/new?lesson=${lesson.id}`}>{t("one.schedule")}</LinkButton>}>
      {seminars.length === 0 ? <p className="text-ink-2">{t("one.noSeminars")}</p> : (
        <ul className="rows">
          {seminars.map((seminar) => (
            <li key={seminar.id}><div className="min-w-0 flex-1"><Link to={`/seminars/${seminar.id}`} className="font-semibold">{seminar.title}</Link><div className="text-small text-ink-2"><When at={seminar.startsAt} /> · {seminar.hostName}</div></div></li>
          ))}
        </ul>
      )}
    </Part>
  );
}

export function RunsOfLesson({ page }: { page: LessonShown }) {
  const { t } = useTranslation("lessons");
  return (
    <Part title={t("one.runs")} act={page.may.teach && <LinkButton to={`/lessons/${page.lesson.id}/runs/new`} weight={page.chain === "taught" ? "go" : "plain"}>{t("one.iTaught")}</LinkButton>}>
      {page.runs.length === 0 ? <p className="text-ink-2">{t("one.noRuns")}</p> : (
        <ul className="rows">
          {page.runs.map((run) => (
            <li key={run.id}><div className="min-w-0 flex-1"><b className="font-semibold">{run.teacher} · {run.classLabel}</b> <span className="text-small text-ink-2"><When at={run.taughtAt} as="full" /></span>{run.changed && <p className="text-ink-2">{t("one.changed", { changed: run.changed })}</p>}</div></li>
          ))}
        </ul>
      )}
    </Part>
  );
}

export function ReflectionsOfLesson({ page }: { page: LessonShown }) {
  const { t } = useTranslation("lessons");
  return (
    <Part title={t("one.reflections")} act={page.may.reflect && <LinkButton to={`/lessons/${page.lesson.id}/reflections/new`} weight={page.chain === "reflection" ? "go" : "plain"}>{t("one.reflect")}</LinkButton>}>
      {page.reflections.length === 0 ? <p className="text-ink-2">{t("one.noReflections")}</p> : page.reflections.map((reflection) => (
        <article key={reflection.id} className="border-t border-hairline py-4">
          <p className="text-small text-ink-2">{reflection.name} {reflection.mine && <Tag>{t(`reflection.${reflection.visibility}`)}</Tag>}</p>
          {reflection.answers.map((answer) => <div key={answer.prompt} className="mt-2"><p className="text-small text-ink-3">{answer.prompt}</p><p className="prose-song whitespace-pre-line">{answer.text}</p></div>)}
        </article>
      ))}
    </Part>
  );
}

export function PublicationsOfLesson({ page: { publications, publishPlanId } }: { page: LessonShown }) {
  const { t } = useTranslation("lessons");
  const { t: resources } = useTranslation("resources");
  if (publications.length === 0 && !publishPlanId) return null;
  return (
    <Part title={t("one.publications")} act={publishPlanId && <LinkButton to={`/plans/${publishPlanId}/publish`} weight="go">{t("one.publish")}</LinkButton>}>
      {publications.length === 0 ? <p className="text-ink-2">{t("one.noPublications")}</p> : (
        <ul className="rows">
          {publications.map((one) => (
            <li key={one.id}><div className="min-w-0 flex-1"><Link to={`/resources/${one.id}`} className="font-song text-lead font-semibold">{one.title}</Link> <span className="text-small text-ink-2">{resources(`kind.${one.kind as "teaching_case"}`)}</span></div><Tag tone={one.state === "published" ? "done" : "plain"}>{resources(`stateShort.${one.state}`)}</Tag></li>
          ))}
        </ul>
      )}
    </Part>
  );
}

export function HistoryOfPrep({ prep }: { prep: NonNullable<LessonShown["prep"]> }) {
  const { t } = useTranslation("lessons");
  const { t: preps } = useTranslation("preps");
  const steps = [
    ...prep.history.moves.map((move) => ({ id: move.id, at: move.at, by: move.by, reason: move.reason, words: preps(`state.${move.to}`) })),
    ...prep.history.changes.map((change) => ({ id: change.id, at: change.at, by: change.by, reason: change.reason, words: preps(`change.${change.kind}`) })),
  ].sort((a, b) => (a.at < b.at ? -1 : 1));
  if (steps.length === 0) return null;
  return (
    <section>
      <h2>{t("one.history")}</h2>
      <ol className="mt-2 grid gap-2 text-small">
        {steps.map((step) => <li key={step.id}><span className="text-ink-3"><When at={step.at} /></span> <b className="font-medium">{step.words}</b> {step.by}{step.reason && <p className="text-ink-2">{step.reason}</p>}</li>)}
      </ol>
    </section>
  );
}

function Part({ title, act, children }: { title: string; act: ReactNode; children: ReactNode }) {
  return (
    <section className="mt-9">
      <div className="mb-3 flex flex-wrap items-center justify-between gap-3"><h2>{title}</h2>{act || null}</div>
      {children}
    </section>
  );
}
