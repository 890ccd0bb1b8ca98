import { Form, useFetcher } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { Problems } from "../http/problems.ts";
import { Button } from "../ui/button.tsx";
import { Tag } from "../ui/tag.tsx";
import { When } from "../ui/when.tsx";
import { CallField } from "./call-field.tsx";
import type { PlanShown } from "./thread-list.tsx";

type Shown = PlanShown["threads"][number];

interface ThreadProps {
  thread: Shown;
  page: PlanShown;
  selected: boolean;
  onGo: (thread: Shown) => void;
}

/** One thread: which words it is about, who said what, and what one may do with it. */
export function Thread({ thread, page, selected, onGo }: ThreadProps) {
  const { t } = useTranslation("plans");
  const base = `/plans/${page.plan.id}/threads/${thread.id}`;
  const section = page.sections.find((one) => one.key === thread.sectionKey);
  const settles = page.may.settle || (thread.createdBy === page.me.personId && page.may.comment);
  const resolved = thread.state === "resolved";
  return (
    <article id={`thread-${thread.id}`} aria-current={selected || undefined} className={`scroll-mt-20 border-l-2 pl-3 ${resolved ? "border-rule" : selected ? "border-cinnabar bg-cinnabar-wash" : "border-amber"}`}>
      <p className="text-small text-ink-3">
        <a href={`#${thread.sectionKey}`} onClick={(event) => { event.preventDefault(); onGo(thread); }} className="inline-block py-1">{section?.title ?? thread.sectionKey}{thread.quote && ` ${t("thread.about", { quote: thread.quote })}`}</a>
        {resolved && <Tag tone="done">{t("thread.resolved")}</Tag>}
      </p>
      {thread.comments.map((comment) => (
        <div key={comment.id} className="mt-1">
          <p className="text-small"><b className="font-semibold">{comment.author}</b> <span className="text-ink-3"><When at={comment.at} /></span></p>
          <p className="whitespace-pre-line break-words">{comment.body}</p>
        </div>
      ))}
      <div className="mt-1 flex flex-wrap items-center gap-2">
        {page.may.comment && !resolved && <Reply key={thread.comments.filter((one) => one.authorId === page.me.personId).length} action={`${base}/replies`} names={page.callable} />}
        {settles && <Form method="post" preventScrollReset action={`${base}/${resolved ? "reopening" : "resolution"}`}><Button weight="quiet" className="px-1 text-small">{resolved ? t("thread.reopen") : t("thread.resolve")}</Button></Form>}
      </div>
    </article>
  );
}

function Reply({ action, names }: { action: string; names: readonly string[] }) {
  const { t } = useTranslation("plans");
  const post = useFetcher<{ problems?: Problems }>();
  return (
    <details className="min-w-0 flex-1 basis-40">
      <summary className="inline-flex min-h-touch cursor-pointer items-center text-small">{t("thread.reply")}</summary>
      <post.Form method="post" action={action} preventScrollReset className="grid gap-2">
        <CallField label={t("thread.reply")} rows={2} names={names} problems={post.data?.problems} />
        <div><Button disabled={post.state !== "idle"}>{t("thread.reply")}</Button></div>
      </post.Form>
    </details>
  );
}
