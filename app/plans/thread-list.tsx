import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { CommentAnchor } from "./editor/comment-anchor.ts";
import { NewThread } from "./new-thread.tsx";
import type { planPage } from "./plan-page.server.ts";
import { Thread } from "./thread.tsx";

export type PlanShown = Awaited<ReturnType<typeof planPage>>;

interface ThreadListProps {
  page: PlanShown;
  threads: PlanShown["threads"];
  anchor: CommentAnchor | null;
  selected: string | null;
  /** Brings the words of a thread into view. */
  onGo: (thread: PlanShown["threads"][number]) => void;
  onLeaveAnchor: () => void;
}

/** The talk in the margin of a plan, section by section; resolved threads are folded away and stay findable. */
export function ThreadList({ page, threads, anchor, selected, onGo, onLeaveAnchor }: ThreadListProps) {
  const { t } = useTranslation("plans");
  // A form begins anew when its own words have arrived, and not when a colleague's do.
  const mine = threads.filter((thread) => thread.createdBy === page.me.personId).length;
  useEffect(onLeaveAnchor, [mine]);
  const open = threads.filter((thread) => thread.state !== "resolved");
  const resolved = threads.filter((thread) => thread.state === "resolved");
  // Where nobody else can be, there is nobody to talk to.
  const together = page.plan.kind === "common" || page.plan.revealed;
  if (!together && threads.length === 0) return null;
  const shown = (thread: PlanShown["threads"][number]) => <Thread key={thread.id} thread={thread} page={page} selected={thread.id === selected} onGo={onGo} />;
  return (
    <section aria-label={t("comments")} className="grid grid-cols-1 gap-4">
      <h2>{t("comments")}</h2>
      {threads.length === 0 && <p className="text-small text-ink-2">{t("noComments")}</p>}
      {open.map(shown)}
      {resolved.length > 0 && <details open={resolved.some((thread) => thread.id === selected) || undefined}><summary className="min-h-touch cursor-pointer py-2 text-small text-ink-2">{t("thread.resolvedCount", { count: resolved.length })}</summary><div className="grid gap-4">{resolved.map(shown)}</div></details>}
      {page.may.comment && together && <NewThread key={`${mine} ${JSON.stringify(anchor?.start)}`} page={page} anchor={anchor} onLeave={onLeaveAnchor} />}
    </section>
  );
}
