import { useLexicalComposerContext } from "@lexical/react/LexicalComposerContext";
import { StrictMode, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { I18nextProvider } from "react-i18next";
import { wordsOf } from "#app/i18n/i18n.ts";
import words from "#app/i18n/zh-CN/index.ts";
import "#app/plans/editor/editor.css";
import "#app/plans/plan-text.css";
import type { SectionBinding } from "#app/plans/editor/held-binding.ts";
import { PlanDocument } from "#app/plans/editor/plan-document.ts";
import { SectionEditor } from "#app/plans/editor/section-editor.tsx";
import { inkFor } from "#app/plans/person-ink.ts";
import "./page.css";
import { PEOPLE, READERS, SECTIONS } from "./people-and-plan.ts";
import { PageApi } from "./page-api.ts";

declare global {
  interface Window {
    page: PageApi;
  }
}

const asked = new URLSearchParams(location.search);
const get = (name: string, otherwise: string) => asked.get(name) ?? otherwise;
const personId = get("person", "lin");
const writes = !READERS.has(personId);
const sections = SECTIONS.slice(0, 2);
const plan = new PlanDocument({
  name: get("doc", "plan"),
  epoch: Number(get("epoch", "1")),
  me: { personId, name: PEOPLE.get(personId) ?? personId, ink: inkFor(personId) },
  sections,
  writes,
});
const api = (window.page = new PageApi(plan));

function Reported({ section, binding }: { section: string; binding: SectionBinding | null }) {
  const [editor] = useLexicalComposerContext();
  useEffect(() => {
    if (!binding) return;
    api.editors.set(section, editor);
    api.bindings.set(section, binding);
    return () => {
      api.editors.delete(section);
      api.bindings.delete(section);
    };
  }, [section, editor, binding]);
  return null;
}

function Sections() {
  const [shown, setShown] = useState(sections.map(({ key }) => key));
  const [state, setState] = useState(plan.state());
  useEffect(() => plan.subscribe(() => setState(plan.state())), []);
  api.show = setShown;
  if (!state.ready) return null;
  return sections.filter(({ key }) => shown.includes(key)).map((section) => (
    <section key={section.key}>
      <h2>{section.title}</h2>
      <SectionEditor plan={plan} section={section} writes={writes && state.writable}>
        {(binding) => <Reported section={section.key} binding={binding} />}
      </SectionEditor>
    </section>
  ));
}

const root = document.getElementById("page");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <I18nextProvider i18n={wordsOf("zh-CN", words)}>
        <Sections />
      </I18nextProvider>
    </StrictMode>,
  );
}
