import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { Problems } from "#app/http/problems.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { regionFor } from "#app/regions/access.server.ts";
import { importSchools } from "#app/regions/import-schools.server.ts";
import { LineProblems } from "#app/regions/line-problems.tsx";
import { readTable } from "#app/http/read-table.server.ts";
import type { LineProblem } from "#app/regions/school-table.ts";
import { Field, TextArea } from "#app/ui/field.tsx";
import { FormPage } from "#app/ui/form-page.tsx";
import { pageTitle } from "#app/ui/title.ts";
import { listCountiesOf } from "#db/regions.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "导入学校", "Import schools");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const region = await regionFor(context.db, await requireViewer(context, request), "importSchools", params.regionId);
  const [county] = await listCountiesOf(context.db, region.id);
  return { county: county?.name ?? region.name };
}

interface Refused {
  problems: Problems;
  lines: LineProblem[];
  text: string;
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const region = await regionFor(context.db, viewer, "importSchools", params.regionId);
  const table = await readTable(request);
  if ("problems" in table) return data<Refused>({ problems: table.problems, lines: [], text: table.pasted }, { status: 422 });
  const outcome = await importSchools(context.db, viewer, region, table.text);
  // A file cannot be put back into its field: its text is, so that it can be mended here.
  if (outcome.problems) return data<Refused>({ problems: { form: { key: "regions:import.problems", params: { count: outcome.problems.length } } }, lines: outcome.problems, text: table.text }, { status: 422 });
  const { made, changed, same } = outcome;
  throw redirect(`/regions/${region.id}?made=${made}&changed=${changed}&same=${same}`);
}

export default function ImportSchools() {
  const { t } = useTranslation("regions");
  const { county } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <FormPage title={t("import.title")} lead={t("import.lead")} go={t("import.go")} problems={answer?.problems} multipart before={<pre className="overflow-x-auto rounded-round bg-well px-4 py-3 text-small" tabIndex={0}>{t("import.example", { county })}</pre>}>
      {answer && answer.lines.length > 0 && <LineProblems lines={answer.lines} />}
      <TextArea name="text" label={t("import.text")} problems={answer?.problems} defaultValue={answer?.text} rows={10} spellCheck={false} className="font-mono text-small whitespace-pre" />
      <Field name="file" type="file" accept=".csv,text/csv,text/plain" label={t("import.file")} help={t("import.fileHelp")} problems={answer?.problems} />
    </FormPage>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
