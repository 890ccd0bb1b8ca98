import { useFetcher } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Problems } from "../http/problems.ts";
import { Button } from "../ui/button.tsx";
import { Check, FormProblem, Select } from "../ui/field.tsx";
import { CallField } from "./call-field.tsx";
import type { CommentAnchor } from "./editor/comment-anchor.ts";
import type { PlanShown } from "./thread-list.tsx";

interface NewThreadProps {
  page: Pick<PlanShown, "plan" | "sections" | "callable" | "newThreadId">;
  anchor: CommentAnchor | null;
  onLeave: () => void;
}

/** A comment on words that were selected, or on a section. On a phone the former stands at the foot of the screen, over the text that it is about. */
export function NewThread({ page, anchor, onLeave }: NewThreadProps) {
  const { t } = useTranslation("plans");
  const { t: common } = useTranslation();
  const post = useFetcher<{ problems?: Problems; typed?: { body?: string } }>();
  const form = useRef<HTMLFormElement>(null);
  // The focus brings only its field into view; one also wants to see the button.
  useEffect(() => {
    if (anchor) form.current?.scrollIntoView({ block: "nearest" });
  }, [anchor]);
  const overText = anchor ? "max-lg:fixed max-lg:inset-x-0 max-lg:bottom-0 max-lg:z-50 max-lg:max-h-[75dvh] max-lg:overflow-y-auto max-lg:bg-sheet max-lg:px-4 max-lg:pb-4 max-lg:shadow-lift" : "";
  return (
    <post.Form ref={form} method="post" action={`/plans/${page.plan.id}/threads`} preventScrollReset className={`no-print grid gap-3 border-t border-hairline pt-4 ${overText}`}>
      <FormProblem problems={post.data?.problems} />
      <input type="hidden" name="threadId" value={page.newThreadId} />
      {anchor ? (
        <>
          <input type="hidden" name="sectionKey" value={anchor.sectionKey} />
          <input type="hidden" name="anchorStart" value={JSON.stringify(anchor.start)} />
          <input type="hidden" name="anchorEnd" value={JSON.stringify(anchor.end)} />
          <input type="hidden" name="quote" value={anchor.quote} />
          <p className="line-clamp-3 border-l-2 border-amber pl-3 text-small">{t("thread.about", { quote: anchor.quote })}</p>
        </>
      ) : (
        <Select name="sectionKey" label={t("thread.section")}>{page.sections.map((section) => <option key={section.key} value={section.key}>{section.title}</option>)}</Select>
      )}
      <CallField label={t("thread.body")} help={page.callable.length > 0 ? t("thread.bodyHelp") : ""} rows={3} names={page.callable} problems={post.data?.problems} autoFocus={anchor !== null} />
      <Check name="blocking" label={t("thread.blocking")} defaultChecked />
      <div className="flex gap-2">
        <Button disabled={post.state !== "idle"}>{t("thread.go")}</Button>
        {anchor && <Button type="button" weight="quiet" onClick={onLeave}>{common("act.cancel")}</Button>}
      </div>
    </post.Form>
  );
}
