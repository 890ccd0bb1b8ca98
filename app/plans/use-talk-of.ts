import { useFetcher, useSearchParams } from "@remix-run/react";
import { useCallback, useEffect, useMemo, useState } from "react";
import type { PlanShown } from "./thread-list.tsx";

type Threads = PlanShown["threads"];

/** The talk about a plan as its page has it now, which of it is chosen, and how one gets from the words to the talk and back. */
export function useTalkOf(page: PlanShown) {
  const [search] = useSearchParams();
  const { load, data } = useFetcher<{ threads: Threads }>();
  const asked = search.get("thread");
  const [selected, select] = useState(asked);
  const [goTo, setGoTo] = useState<{ threadId: string } | null>(null);
  const threads = data?.threads ?? page.threads;
  const drawn = useMemo(() => threads.map((thread) => ({ id: thread.id, sectionKey: thread.sectionKey, start: thread.anchorStart, end: thread.anchorEnd, quote: thread.quote, resolved: thread.state === "resolved" })), [threads]);
  const lookAgain = useCallback(() => load(`/plans/${page.plan.id}/threads`), [load, page.plan.id]);
  const go = useCallback(({ id, sectionKey }: { id: string; sectionKey: string }) => {
    select(id);
    // The section first: its editor is made when it comes near, and only then knows where the words are.
    document.getElementById(sectionKey)?.scrollIntoView();
    setGoTo({ threadId: id });
  }, []);
  const choose = useCallback((id: string) => {
    select(id);
    document.getElementById(`thread-${id}`)?.scrollIntoView({ block: "nearest" });
  }, []);
  useEffect(() => {
    if (asked) select(asked);
  }, [asked]);
  // Somebody who comes from a notice wants to see what the talk is about.
  useEffect(() => {
    const thread = location.hash === "" ? threads.find(({ id }) => id === asked) : undefined;
    if (thread) go(thread);
  }, []);
  return { threads, drawn, selected, choose, go, goTo, lookAgain };
}
