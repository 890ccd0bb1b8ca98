import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { requireViewer } from "#app/http/viewer.server.ts";
import { charCount } from "#app/plans/content.ts";
import { PlanEditor } from "#app/plans/editor/plan-editor.tsx";
import { inkFor } from "#app/plans/person-ink.ts";
import { PlanBody } from "#app/plans/plan-body.tsx";
import { seminarSeenBy } from "#app/seminars/access.server.ts";
import { SeminarAct } from "#app/seminars/act-page.tsx";
import { minutesAccess } from "#app/seminars/minutes-access.ts";
import { useLookAgain } from "#app/seminars/use-look-again.ts";
import { pageTitle } from "#app/ui/title.ts";
import { findDoc } from "#db/documents.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "纪要", "Minutes");

const NO_THREADS: [] = [];

/** The minutes: begun from what happened, finished together by those who were part of it, read by all who see the seminar. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const { id, title, state } = await seminarSeenBy(context.db, viewer, params.seminarId ?? "");
  const access = await minutesAccess(context.db, viewer, id);
  const [read, doc] = access ? await Promise.all([context.documents.read(access.docId), findDoc(context.db, access.docId)]) : [null, undefined];
  const sections = read?.sections.map((one) => ({ key: one.key, title: one.title, help: "", required: false, nodes: one.nodes as readonly unknown[], filled: charCount(one.nodes) > 0 })) ?? null;
  return { seminar: { id, title }, over: state === "ended" || state === "reported", sections, epoch: doc?.epoch ?? 1, writes: access?.mode === "write", me: { personId: viewer.id, name: viewer.name, ink: inkFor(viewer.id) } };
}

type Shown = Awaited<ReturnType<typeof loader>>;

export default function Minutes() {
  const { t } = useTranslation("seminars");
  const { seminar, over, sections, epoch, writes, me } = useLoaderData<typeof loader>() as Shown; // single fetch hands over what the loader gave; only `unknown` nodes lose their name on the way
  useLookAgain(over && sections === null);
  return (
    <SeminarAct seminar={seminar} title={t("minutesPage.title")}>
      {sections === null && <p role="status" className="text-ink-2">{t(over ? "minutesPage.waiting" : "minutesPage.notOver")}</p>}
      {sections && writes && <p className="text-small text-ink-2">{t("minutesPage.together")}</p>}
      {sections && writes && <PlanEditor docName={`minutes:${seminar.id}`} page={{ href: `/seminars/${seminar.id}/minutes`, title: seminar.title }} epoch={epoch} me={me} sections={sections} mayEdit mayComment={false} threads={NO_THREADS} selectedThread={null} />}
      {sections && !writes && sections.map((section) => (
        <section key={section.key} id={section.key}>
          <h2 className="mb-1 font-song font-bold">{section.title}</h2>
          {section.filled ? <PlanBody nodes={section.nodes} /> : <p className="text-ink-3">{t("minutesPage.empty")}</p>}
        </section>
      ))}
    </SeminarAct>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
