import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useSearchParams } from "@remix-run/react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { requireViewer } from "#app/http/viewer.server.ts";
import type { CommentAnchor } from "#app/plans/editor/comment-anchor.ts";
import { PlanEditor } from "#app/plans/editor/plan-editor.tsx";
import { talkOf } from "#app/plans/editor/talk-mark.ts";
import { ImportNotes } from "#app/plans/import-notes.tsx";
import { PlanAttachments } from "#app/plans/plan-attachments.tsx";
import { PlanContents } from "#app/plans/plan-contents.tsx";
import { PlanHead } from "#app/plans/plan-head.tsx";
import { planPage } from "#app/plans/plan-page.server.ts";
import { PlanStrip } from "#app/plans/plan-strip.tsx";
import { type PlanShown, ThreadList } from "#app/plans/thread-list.tsx";
import { UpstreamNote } from "#app/plans/upstream-note.tsx";
import { usePlace } from "#app/plans/use-place.ts";
import { useTalkOf } from "#app/plans/use-talk-of.ts";
import { uploadPicture } from "#app/plans/upload-picture.ts";
import { incompleteSections } from "#app/preps/guards.ts";
import { RefusalPage } from "#app/ui/refusal-page.tsx";
import { pageTitle } from "#app/ui/title.ts";

export const meta: MetaFunction<typeof loader> = ({ matches, data }) => pageTitle(matches, data?.plan.title ?? "", data?.plan.title ?? "");

/** A plan: the page that one would hand in, with the talk in its margin. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  return planPage(context.db, context.documents, viewer, params.planId);
}

export default function PlanPage() {
  const page = useLoaderData<typeof loader>() as PlanShown; // single fetch hands over what the loader gave; only `unknown` nodes lose their name on the way
  const { t: whyRefused } = useTranslation("files", { keyPrefix: "refused" });
  const [search] = useSearchParams();
  const talk = useTalkOf(page);
  usePlace(page.plan.id, page.sections.map(({ key }) => key));
  const [anchor, setAnchor] = useState<CommentAnchor | null>(null);
  const [written, setWritten] = useState<Record<string, number>>({});
  const sections = useMemo(() => page.sections.map((section) => ({ ...section, charCount: written[section.key] ?? section.charCount })), [page.sections, written]);
  const together = page.plan.kind === "common" || page.plan.revealed;
  return (
    <>
      <PlanStrip page={page} missing={incompleteSections(sections).length} />
      <div className="page grid grid-cols-1 gap-8 lg:grid-cols-[170px_minmax(0,1fr)_260px]">
        <ImportNotes />
        <PlanContents page={page} sections={sections} />
        <PlanEditor
          docName={`plan:${page.plan.id}`}
          page={{ href: `/plans/${page.plan.id}`, title: page.plan.title }}
          epoch={page.epoch}
          me={page.me}
          sections={page.sections}
          mayEdit={page.may.write}
          mayComment={page.may.comment && together}
          threads={talk.drawn}
          selectedThread={talk.selected}
          onSelectThread={talk.choose}
          goTo={talk.goTo}
          talk={talkOf(talk.threads)}
          onTalkNews={talk.lookAgain}
          onCreateThread={setAnchor}
          onLengths={setWritten}
          uploadImage={(file) => uploadPicture(page.plan.id, file, whyRefused)}
          head={<><PlanHead plan={page.plan} /><UpstreamNote planId={page.plan.id} upstream={page.upstream} /><ReadOnlyNote page={page} /></>}
        />
        <aside className="no-print grid content-start gap-8 lg:sticky lg:top-0 lg:-mx-1 lg:max-h-dvh lg:self-start lg:overflow-y-auto lg:px-1 lg:py-4">
          <PlanAttachments planId={page.plan.id} attachments={page.attachments} mayAdd={page.may.write} refused={search.get("refused")} />
          <ThreadList page={page} threads={talk.threads} anchor={anchor} selected={talk.selected} onGo={talk.go} onLeaveAnchor={() => setAnchor(null)} />
        </aside>
      </div>
    </>
  );
}

/** Why one may only read it, said beside it. */
function ReadOnlyNote({ page: { plan, may } }: { page: PlanShown }) {
  const { t } = useTranslation("plans");
  const secret = plan.kind === "individual" && !plan.revealed ? t("blind") : plan.kind === "standalone" || plan.kind === "personal" ? t("secret") : "";
  const why = may.write ? "" : plan.state === "superseded" ? t("readOnlyWhy.superseded") : plan.revealed ? t("readOnlyWhy.revealed") : plan.kind === "common" && may.comment ? t("readOnlyWhy.comment") : plan.kind === "common" && plan.prepState !== "individual_draft" ? t("readOnlyWhy.finalised") : t("readOnly");
  const words = [why, secret].filter(Boolean).join(" ");
  return words ? <p className="mt-4 text-center text-small text-ink-2">{words}</p> : null;
}

/** Whoever has written in a plan that does not open fears for it first. */
export function ErrorBoundary() {
  const { t } = useTranslation("plans");
  return <RefusalPage beside={t("unreadable")} />;
}
