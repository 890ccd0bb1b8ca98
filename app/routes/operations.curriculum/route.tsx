import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { Problems } from "#app/http/problems.ts";
import { readTable } from "#app/http/read-table.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { curriculumFor, importCurriculum } from "#app/lessons/import-curriculum.server.ts";
import { useBook } from "#app/lessons/place.ts";
import { Field, TextArea } from "#app/ui/field.tsx";
import { FormPage } from "#app/ui/form-page.tsx";
import { pageTitle } from "#app/ui/title.ts";
import { CURRICULUM_COLUMNS, type CurriculumProblem, listBooks } from "#db/curriculum.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "教材目录", "Textbooks");

/** Which books there are, and a table of more. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  curriculumFor(await requireViewer(context, request));
  const loaded = Number(new URL(request.url).searchParams.get("loaded")) || 0;
  return { books: await listBooks(context.db), columns: CURRICULUM_COLUMNS.join(","), loaded };
}

interface Refused {
  problems: Problems;
  lines: CurriculumProblem[];
  text: string;
}

export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const curriculum = curriculumFor(viewer);
  const table = await readTable(request);
  if ("problems" in table) return data<Refused>({ problems: table.problems, lines: [], text: table.pasted }, { status: 422 });
  const outcome = await importCurriculum(context.db, viewer, curriculum, table.text);
  if ("problems" in outcome) return data<Refused>({ problems: { form: { key: "lessons:curriculum.problems", params: { count: outcome.problems.length } } }, lines: outcome.problems, text: table.text }, { status: 422 });
  throw redirect(`/operations/curriculum?loaded=${outcome.lessons}`);
}

/** More faulty lines than anybody mends at once are not listed. */
const SHOWN = 50;

export default function CurriculumPage() {
  const { t } = useTranslation("lessons");
  const { t: regions } = useTranslation("regions");
  const book = useBook();
  const { books, columns, loaded } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const example = `${columns}\nprimary,mathematics,浙教版,2024,4,upper,1,大数的认识,1,亿以内数的认识,2,true`;
  const before = (
    <>
      {loaded > 0 && !answer && <p role="status" className="rounded-round bg-pine-wash px-4 py-2">{t("curriculum.loaded", { count: loaded })}</p>}
      <details>
        <summary className="cursor-pointer">{t("curriculum.books", { count: books.length })}</summary>
        <ul className="mt-2 grid gap-1 text-small text-ink-2">
          {books.map((one) => {
            const { grade, volume } = book(one);
            return <li key={`${one.editionId} ${one.grade} ${one.volume}`}>{one.edition} {one.editionYear} · {grade}{volume}</li>;
          })}
        </ul>
      </details>
      <pre className="overflow-x-auto rounded-round bg-well px-4 py-3 text-small" tabIndex={0} aria-label={t("curriculum.example")}>{example}</pre>
    </>
  );
  return (
    <FormPage title={t("curriculum.title")} lead={<>{t("curriculum.lead")} <Link to="/operations/people">{regions("grants.operationsTitle")}</Link></>} go={t("curriculum.go")} problems={answer?.problems} multipart before={before}>
      {answer && answer.lines.length > 0 && (
        <ul className="grid gap-1 rounded-round border border-hairline bg-sheet px-4 py-3 text-small">
          {answer.lines.slice(0, SHOWN).map((line) => (
            <li key={`${line.line} ${line.message} ${line.column ?? ""}`} className="flex gap-3">
              <b className="shrink-0">{regions("import.line", { line: line.line })}</b>
              <span className="min-w-0">{line.message === "bad_value" ? t("curriculum.bad", { column: line.column, allowed: t(`curriculum.allowed.${line.column ?? "lesson"}`) }) : line.message === "wrong_columns" ? t("curriculum.columns", { columns }) : regions(`import.problem.${line.message}`)}</span>
            </li>
          ))}
          {answer.lines.length > SHOWN && <li className="text-ink-2">{regions("import.more", { count: answer.lines.length - SHOWN })}</li>}
        </ul>
      )}
      <TextArea name="text" label={regions("import.text")} problems={answer?.problems} defaultValue={answer?.text} rows={10} spellCheck={false} className="font-mono text-small whitespace-pre" />
      <Field name="file" type="file" accept=".csv,text/csv,text/plain" label={regions("import.file")} help={regions("import.fileHelp")} problems={answer?.problems} />
      <p className="text-small text-ink-3">{t("curriculum.verified")}</p>
    </FormPage>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
