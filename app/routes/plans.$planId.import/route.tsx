import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { StoreAway } from "#app/files/files.ts";
import { type FileRefusal, MAX_FILE_BYTES } from "#app/files/refusals.ts";
import type { Refilled } from "#app/http/problems.ts";
import { readMultipart } from "#app/http/read-multipart.server.ts";
import { requireViewer, stillViewer } from "#app/http/viewer.server.ts";
import { planFor } from "#app/plans/access.server.ts";
import { pageWithNotes } from "#app/plans/import-notes.tsx";
import { layIn } from "#app/plans/import-word.server.ts";
import { Button } from "#app/ui/button.tsx";
import { Field, FormProblem } from "#app/ui/field.tsx";
import { pageTitle } from "#app/ui/title.ts";
import { findTemplate } from "#db/plan-templates.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "导入 Word", "Import Word");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const { id, title } = await planFor(context.db, viewer, "write", params.planId);
  return { plan: { id, title } };
}

/** POST lays a Word plan into this one. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const asked = await requireViewer(context, request);
  await planFor(context.db, asked, "write", params.planId);
  if (!context.spend("uploadBytes", Math.min(Number(request.headers.get("content-length")), MAX_FILE_BYTES))) return refused("day_full", 429);
  const sent = await readMultipart(request, MAX_FILE_BYTES);
  if (sent === "too_large") return refused("too_large");
  if (!sent.file) return refused("no_file");
  const answer = await context.word.read(sent.file.bytes);
  if ("refused" in answer) return refused(answer.refused);
  const still = async () => {
    const viewer = await stillViewer(context, asked);
    return { viewer, plan: await planFor(context.db, viewer, "write", params.planId) };
  };
  // Fifty megabytes on a village line take an hour.
  const { viewer, plan } = await still();
  const template = await findTemplate(context.db, plan.templateId);
  const notes = await layIn(context.db, context.documents, context.files, viewer, plan, template?.sections ?? [], answer.imported, still).catch((error: unknown) => {
    if (!(error instanceof StoreAway)) throw error;
    context.fault(error);
    return undefined;
  });
  if (!notes) return refused("store_away");
  throw redirect(pageWithNotes(plan.id, notes));
}

function refused(reason: FileRefusal, status = 422) {
  return data<Refilled>({ problems: { file: { key: `files:refused.${reason}` } }, typed: {} }, { status });
}

export default function ImportWord() {
  const { t } = useTranslation("plans");
  const { plan } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const [large, setLarge] = useState(false);
  const problems = large ? { file: { key: "files:refused.too_large" } } : answer?.problems;
  const busy = useNavigation().formMethod === "POST";
  return (
    <div className="page">
      <div className="mx-auto grid max-w-[42rem] gap-5">
        <div>
          <p className="kick"><Link to={`/plans/${plan.id}`}>{plan.title}</Link></p>
          <h1>{t("importWord")}</h1>
          <p className="mt-1 text-ink-2">{t("importHelp")}</p>
        </div>
        <Form method="post" encType="multipart/form-data" className="grid gap-4" onSubmit={(event) => large && event.preventDefault()}>
          <FormProblem problems={problems} />
          <Field name="file" type="file" accept=".docx" label={t("importFile")} problems={problems} required onChange={(event) => setLarge((event.currentTarget.files?.[0]?.size ?? 0) > MAX_FILE_BYTES)} />
          <div className="flex flex-wrap items-center gap-4">
            <Button weight="go" disabled={busy}>{t("importGo")}</Button>
            <span role="status" className="text-ink-2">{busy && t("importSending")}</span>
          </div>
        </Form>
      </div>
    </div>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
