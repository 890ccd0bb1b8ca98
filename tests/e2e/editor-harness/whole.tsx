import { StrictMode, useCallback, useState } from "react";
import { createRoot } from "react-dom/client";
import { I18nextProvider } from "react-i18next";
import { wordsOf } from "#app/i18n/i18n.ts";
import words from "#app/i18n/zh-CN/index.ts";
import type { CommentAnchor } from "#app/plans/editor/comment-anchor.ts";
import type { EditorThread, PlacedThread } from "#app/plans/editor/comment-layer.tsx";
import { PlanEditor } from "#app/plans/editor/plan-editor.tsx";
import { inkFor } from "#app/plans/person-ink.ts";
import "./page.css";
import { PEOPLE, SECTIONS } from "./people-and-plan.ts";

const asked = new URLSearchParams(location.search);
const personId = asked.get("person") ?? "lin";
const me = { personId, name: PEOPLE.get(personId) ?? personId, ink: inkFor(personId) };
const sections = SECTIONS.map((section) => ({ ...section, nodes: [] }));

/** The page as the product shows it, with threads that are kept here. */
function WholePage() {
  const [threads, setThreads] = useState<EditorThread[]>([]);
  const [selected, setSelected] = useState<string | null>(null);
  const [gone, setGone] = useState<Record<string, boolean>>({});
  const create = useCallback((anchor: CommentAnchor) => setThreads((before) => [...before, { ...anchor, id: `t${before.length + 1}`, resolved: false }]), []);
  const place = useCallback((_section: string, placed: ReadonlyMap<string, PlacedThread>) => setGone((before) => ({ ...before, ...Object.fromEntries([...placed].map(([id, at]) => [id, at.gone])) })), []);
  const upload = useCallback(async (file: File) => {
    if (file.name.includes("坏")) throw new Error("文件打不开");
    return { attachmentId: "picture1" };
  }, []);
  return (
    <>
      <PlanEditor
        docName={asked.get("doc") ?? "plan"} epoch={Number(asked.get("epoch") ?? 1)} me={me} sections={sections} mayEdit={asked.get("edit") !== "no"} mayComment
        threads={threads} selectedThread={selected} onCreateThread={create} onSelectThread={setSelected} onThreadsPlaced={place} uploadImage={upload}
        head={<h1>分数的意义</h1>}
      />
      <ul id="threads">{threads.map(({ id, quote }) => <li key={id} aria-current={id === selected}>{quote}{gone[id] && "（原文已改）"}</li>)}</ul>
    </>
  );
}

const root = document.getElementById("page");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <I18nextProvider i18n={wordsOf("zh-CN", words)}><WholePage /></I18nextProvider>
    </StrictMode>,
  );
}
