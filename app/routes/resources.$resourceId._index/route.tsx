import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { resourceSeenBy } from "#app/resources/access.server.ts";
import { Decide } from "#app/resources/decide.tsx";
import { decidersOf } from "#app/resources/deciders.server.ts";
import { canOnResource, mayCarryOff } from "#app/resources/policy.ts";
import { readResource } from "#app/resources/read.server.ts";
import { usePlace } from "#app/lessons/place.ts";
import { useVersionName } from "#app/plans/version-name.ts";
import { PlanBody } from "#app/plans/plan-body.tsx";
import { Button, LinkButton } from "#app/ui/button.tsx";
import { Chain } from "#app/ui/chain.tsx";
import { Tag } from "#app/ui/tag.tsx";
import { When } from "#app/ui/when.tsx";
import { newId } from "#db/ids.ts";
import { findNames } from "#db/people.ts";
import { findOwnReuse } from "#db/resources.ts";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.resource.title} · 同研` : "同研" }];

export async function loader({ params, context }: LoaderFunctionArgs) {
  const viewer = await context.viewer();
  const resource = await resourceSeenBy(context.db, viewer, params.resourceId);
  const may = viewer && { decide: canOnResource(viewer, "decide", resource), use: canOnResource(viewer, "use", resource), withdraw: canOnResource(viewer, "withdraw", resource), report: canOnResource(viewer, "report", resource), offerAgain: canOnResource(viewer, "offerAgain", resource) };
  const waits = viewer !== null && resource.state === "submitted" && (viewer.id === resource.ownerId || viewer.id === resource.createdBy);
  const waitsFor = waits ? [...(await findNames(context.db, await decidersOf(context.db, resource))).values()] : [];
  const taken = viewer && (await findOwnReuse(context.db, viewer.id, resource.id));
  return { resource, waitsFor, signedIn: viewer !== null, may, carriesOff: mayCarryOff(viewer, resource), taken: taken ? { planId: taken.planId, at: taken.at.toISOString() } : null, lessonId: viewer ? newId() : undefined, ...(await readResource(context.db, resource)) };
}

export default function ResourcePage() {
  const { t } = useTranslation("resources");
  const { resource, waitsFor, signedIn, may, carriesOff, taken, lessonId, place, names, sections, process, attachments } = useLoaderData<typeof loader>();
  const say = usePlace();
  const versionName = useVersionName();
  const made = [
    ...process.versions.map((one) => ({ at: one.at, what: versionName({ name: one.name, kind: "stage" }), more: "" })),
    ...process.seminars.map((one) => ({ at: one.startsAt, what: one.title, more: "" })),
    ...process.runs.map((run) => ({ at: run.taughtAt, what: t("process.taught", { class: run.classLabel }), more: run.changed })),
  ].sort((one, other) => one.at.localeCompare(other.at));
  const sources = names.filter((one) => one.sourceResourceId);
  return (
    <div className="page">
      <p className="kick">{[t(`kind.${resource.kind}`), place && say(place), resource.studioName].filter(Boolean).join(" · ")}</p>
      <h1>{resource.title}</h1>
      {/* A hit opens far below: whether one may take it, and how, comes along. */}
      <div className="sticky top-0 z-20 -mx-4 flex flex-wrap items-center gap-x-4 gap-y-1 bg-paper px-4 py-2">
        {(may?.use || !signedIn) && (
          <div className="no-print flex flex-wrap gap-x-3 gap-y-1">
            {may?.use && taken && <LinkButton to={`/plans/${taken.planId}`} weight="go">{t("use.open")}</LinkButton>}
            {may?.use && (
              <Form method="post" action={`/resources/${resource.id}/use`}>
                <input type="hidden" name="lessonId" value={lessonId} />
                <Button weight={taken ? "plain" : "go"}>{t(taken ? "use.again" : "use.go")}</Button>
              </Form>
            )}
            {!signedIn && resource.licence !== "all_rights" && <LinkButton to={`/sign-in?back=/resources/${resource.id}`} weight="go">{t("use.signIn")}</LinkButton>}
          </div>
        )}
        <Tag tone={resource.licence === "all_rights" ? "mind" : "done"}>{t(`licence.${resource.licence}.short`)}</Tag>
      </div>
      <p className="text-small text-ink-2">{t(`licence.${resource.licence}.long`)}{taken && <><br />{t("use.taken")} <When at={taken.at} as="full" /></>}</p>
      {resource.state !== "published" && !may?.decide && <p role="status" className="mt-4 rounded-round bg-amber-wash px-4 py-2 text-amber">{waitsFor.length > 0 ? t("waitsFor", { who: waitsFor.join(t("publish.or")) }) : t(`state.${resource.state}`)}{resource.stateReason && `：${resource.stateReason}`}{may?.offerAgain && <> <Link to={`/plans/${resource.planId}/publish`}>{t("offerAgain")}</Link></>}</p>}
      {may?.decide && <Decide resourceId={resource.id} />}
      <p className="mt-4">
        {names.filter((one) => one.name).map((one) => one.name).join("、")}
        {resource.publishedAt && <span className="text-ink-3"> · <When at={resource.publishedAt} as="full" /></span>}
        {resource.reuseCount > 0 && <span className="text-ink-3"> · {t("reused", { count: resource.reuseCount })}</span>}
      </p>
      {sources.map((one) => <p key={one.sourceResourceId} className="text-small text-ink-2">{t("from")} <Link to={`/resources/${one.sourceResourceId}`}>{one.sourceTitle}</Link></p>)}
      {resource.abstract && <p className="prose-song mt-4 max-w-[38em]">{resource.abstract}</p>}
      <div className="card no-print my-6"><Chain now={resource.kind === "teaching_case" ? null : "taught"} notes={{ discussion: process.seminars.length > 0 ? t("process.seminars", { count: process.seminars.length }) : undefined, finalised: t("process.versions", { count: process.versions.length }) }} /></div>
      <div className="two">
        <article className="min-w-0">
          {sections.map((section) => (
            <section key={section.key} id={section.key} className="mt-6 scroll-mt-20">
              <h2 className="font-song text-lead font-bold">{section.title}</h2>
              <PlanBody nodes={section.nodes} />
            </section>
          ))}
          {process.reflections.map((reflection, index) => (
            <section key={index} id="reflection" className="mt-8 scroll-mt-20">
              <h2 className="font-song text-lead font-bold">{t("reflection")} <span className="text-small font-normal text-ink-3">{reflection.name}</span></h2>
              {reflection.answers.map((answer, at) => <div key={at} className="mt-2"><p className="text-small text-ink-2">{answer.prompt}</p><p className="prose-song">{answer.text}</p></div>)}
            </section>
          ))}
        </article>
        <aside className="no-print grid content-start gap-5">
          {attachments.length > 0 && (
            <section>
              <h2>{t("attachments")}</h2>
              <ul className="mt-2 grid gap-2">{attachments.map((one) => <li key={one.id}>{carriesOff ? <a href={`/files/${one.id}`}>{one.name}</a> : one.name}</li>)}</ul>
            </section>
          )}
          <section>
            <h2>{t("process.title")}</h2>
            <ul className="mt-2 grid gap-2 text-small text-ink-2">
              {made.map((one) => <li key={one.at + one.what}><When at={one.at} as="full" /> {one.what}{one.more && <p className="mt-1 text-ink-3">{one.more}</p>}</li>)}
              {made.length === 0 && <li>{t("process.alone")}</li>}
            </ul>
          </section>
          <section className="grid gap-2 border-t border-hairline pt-4">
            {carriesOff ? <button type="button" onClick={() => window.print()} className="min-h-touch cursor-pointer text-left underline md:min-h-0">{t("print")}</button> : <p className="text-small text-ink-2">{t("readOnly")}</p>}
            {may?.withdraw && <Link to={`/resources/${resource.id}/withdraw`}>{t("withdraw.title")}</Link>}
            {may?.report && <Link to={`/resources/${resource.id}/report`}>{t("report.title")}</Link>}
          </section>
        </aside>
      </div>
    </div>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
