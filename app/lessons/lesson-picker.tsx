import { Form, Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Button } from "../ui/button.tsx";
import { Field, Select } from "../ui/field.tsx";
import type { pickLesson } from "./picker.server.ts";
import { useBook, usePlace } from "./place.ts";

type Picked = Awaited<ReturnType<typeof pickLesson>>;

/** Finding a lesson by its name or in its textbook. Each step is a GET form or a link: it works by keyboard, on a phone and without scripts. */
export function LessonPicker({ words, book, books, nodes }: Picked) {
  const { t } = useTranslation("lessons");
  const inBook = useBook();
  return (
    <div className="grid gap-8">
      <div className="grid gap-6 md:grid-cols-2">
        <Form method="get" role="search" className="grid content-start gap-3">
          <Field name="q" type="search" label={t("picker.search")} help={t("picker.searchHelp")} defaultValue={words} key={words} maxLength={40} />
          <div><Button>{t("picker.show")}</Button></div>
        </Form>
        <Form method="get" className="grid content-start gap-3">
          <Select name="book" label={t("picker.book")} help={t("picker.chooseBook")} defaultValue={book ?? ""} key={book ?? ""}>
            {books.map((one) => (
              <option key={one.key} value={one.key}>{`${t("picker.edition", { edition: one.edition, year: one.editionYear })} ${inBook(one).grade} ${inBook(one).volume}`}</option>
            ))}
          </Select>
          <div><Button>{t("picker.show")}</Button></div>
        </Form>
      </div>
      {words && <p role="status" className="text-ink-2">{nodes.length > 0 ? t("picker.found", { count: nodes.length }) : t("picker.notFound", { words })}</p>}
      {nodes.length > 0 && <Found nodes={nodes} byUnit={!words} />}
      <p><Link to="?free=1">{t("picker.free")}</Link></p>
    </div>
  );
}

function Found({ nodes, byUnit }: { nodes: Picked["nodes"]; byUnit: boolean }) {
  const { t } = useTranslation("lessons");
  const place = usePlace();
  const units = [...new Set(nodes.map((node) => node.unitId))].map((id) => nodes.filter((node) => node.unitId === id));
  return (
    <div className="grid gap-5">
      {units.map((lessons) => {
        const first = lessons[0];
        if (!first) return null;
        return (
          <section key={first.unitId}>
            <h3 className="kick">{byUnit ? t("picker.unit", { no: first.unitNo, title: first.unitTitle }) : place(first)}</h3>
            <ul className="mt-1 flex flex-wrap gap-x-6">
              {lessons.map((lesson) => (
                <li key={lesson.id}>
                  <Link to={`?node=${lesson.id}`} className="inline-flex min-h-touch items-center gap-2 font-song text-lead">
                    {lesson.title} <span className="font-sans text-small text-ink-3">{t("picker.periods", { count: lesson.periods })}</span>
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
      {nodes.some((node) => !node.verified) && <p className="text-small text-ink-3">{t("picker.unverified")}</p>}
    </div>
  );
}

/** What was chosen, with the way back to choosing. */
export function ChosenLesson({ node }: { node: Picked["node"] }) {
  const { t } = useTranslation("lessons");
  const place = usePlace();
  return (
    <p className="flex flex-wrap items-baseline gap-x-3">
      {node && <span className="text-small text-ink-2">{place(node)}</span>}
      <Link to="?" className="text-small">{t("new.another")}</Link>
    </p>
  );
}
