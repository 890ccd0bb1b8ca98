import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { requireViewer } from "#app/http/viewer.server.ts";
import { jobToRetry, requireOperator, retry } from "#app/operations/jobs.server.ts";
import { isNearlyFull, type Part } from "#app/operations/operations.ts";
import { OperationsLinks } from "#app/operations/operations-links.tsx";
import { Button } from "#app/ui/button.tsx";
import { Empty } from "#app/ui/empty.tsx";
import { pageTitle } from "#app/ui/title.ts";
import { When } from "#app/ui/when.tsx";
import { countJobs, type JobKind, listFailedJobs } from "#db/jobs.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "运行情况", "Operations");

/** Nobody looks through more at once; those that are mended make room. */
const SHOWN = 50;

export async function loader({ request, context }: LoaderFunctionArgs) {
  requireOperator(await requireViewer(context, request));
  const { db, search, operations, site } = context;
  const [parts, disk, index, counted, failed] = [await operations.parts(), await operations.disk(), await search.state(), await countJobs(db), await listFailedJobs(db, SHOWN)];
  return { parts, disk, index, counted, failed, mail: site.mail, versions: operations.versions };
}

/** Lets a job that was given up begin anew. */
export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  requireOperator(viewer);
  const form = await request.formData();
  await retry(context.db, viewer, await jobToRetry(context.db, viewer, String(form.get("jobId") ?? "")));
  throw redirect("/operations");
}

export default function OperationsPage() {
  const { t } = useTranslation("operations");
  const { parts, disk, index, counted, failed, mail, versions } = useLoaderData<typeof loader>();
  const kindSaid = (kind: JobKind) => t(`jobs.kind.${nameOf(kind)}`);
  return (
    <div className="page">
      <div className="mx-auto grid max-w-[44rem] grid-cols-1 gap-8">
        <div>
          <h1>{t("title")}</h1>
          <OperationsLinks />
        </div>
        <section>
          <h2 className="mb-3">{t("parts.title")}</h2>
          <dl className="grid grid-cols-1 gap-2">
            {parts.map((part) => (
              <Fact key={part.name} name={t(`parts.${part.name}`)} warns={part.reason !== undefined} value={t(saidOf(part))} more={part.reason} />
            ))}
          </dl>
        </section>
        <section>
          <h2 className="mb-3">{t("index.title")}</h2>
          <dl className="grid grid-cols-1 gap-2">
            <Fact name={t("index.engine")} value={t(`index.name.${index.engine}`)} />
            <Fact name={t("index.documents")} value={t("index.count", { count: index.documents })} more={index.stale > 0 ? t("index.stale", { count: index.stale }) : undefined} />
            {index.rebuild && <Fact name={t("index.rebuild")} warns value={t(`index.reason.${index.rebuild}`)} />}
          </dl>
        </section>
        <section>
          <h2 className="mb-3">{t("machine.title")}</h2>
          <dl className="grid grid-cols-1 gap-2">
            {disk && <Fact name={t("machine.disk")} warns={isNearlyFull(disk)} value={t("machine.free", { free: gigabytes(disk.free), whole: gigabytes(disk.whole) })} />}
            <Fact name={t("machine.mail")} warns={!mail} value={t(mail ? "machine.mailSent" : "machine.mailLogged")} />
            <Fact name={t("machine.app")} value={versions.app} />
            <Fact name="Node" value={versions.node} />
            <Fact name={t("parts.database")} value={versions.database} />
          </dl>
        </section>
        <section>
          <h2 className="mb-1">{t("jobs.title")}</h2>
          <p className="mb-3 text-ink-2">
            {t("jobs.waiting", { count: counted.waiting })}
            {counted.dueSince && <> {t("jobs.dueSince")} <When at={counted.dueSince} as="dayTime" /></>}
          </p>
          {failed.length === 0 && <Empty title={t("jobs.none")}>{t("jobs.noneHelp")}</Empty>}
          <ul className="grid grid-cols-1 gap-3">
            {failed.map((job) => (
              <li key={job.id} className="flex flex-wrap items-start gap-x-4 gap-y-2 rounded-round border border-hairline bg-sheet px-4 py-3">
                <div className="min-w-0 flex-1 basis-48">
                  <b className="break-words">{kindSaid(job.kind)}</b>
                  <p className="text-small text-ink-2">{t("jobs.tried", { count: job.attempts })}{job.finishedAt && <> · <When at={job.finishedAt} /></>}</p>
                  {job.error && <p className="mt-1 text-small [overflow-wrap:anywhere] text-ink-2">{job.error}</p>}
                </div>
                <Form method="post">
                  <input type="hidden" name="jobId" value={job.id} />
                  <Button aria-label={t("jobs.retryThis", { kind: kindSaid(job.kind) })}>{t("jobs.retry")}</Button>
                </Form>
              </li>
            ))}
          </ul>
          {counted.failed > failed.length && <p className="mt-3 text-ink-2">{t("jobs.more", { count: counted.failed - failed.length })}</p>}
        </section>
      </div>
    </div>
  );
}

function saidOf({ name, ready, reason }: Pick<Part, "name" | "ready"> & { reason?: string | undefined }) {
  if (reason === undefined) return "parts.well";
  if (name === "disk") return ready ? "parts.nearlyFull" : "parts.full";
  return ready ? "parts.without" : "parts.down";
}

function Fact({ name, value, more, warns = false }: { name: string; value: string; more?: string | undefined; warns?: boolean }) {
  return (
    <div className="flex flex-wrap gap-x-4 gap-y-1 border-b border-hairline pb-2">
      <dt className="w-28 text-ink-2 md:w-40">{name}</dt>
      <dd className="min-w-0 flex-1 basis-48">
        <span className={warns ? "font-medium text-cinnabar" : ""}>{value}</span>
        {more && <span className="block text-small [overflow-wrap:anywhere] text-ink-2">{more}</span>}
      </dd>
    </div>
  );
}

/** A dot in a key of the dictionary goes one level down. */
function nameOf<Kind extends JobKind>(kind: Kind) {
  return kind.replace(".", "_") as Kind extends `${infer Room}.${infer Act}` ? `${Room}_${Act}` : never; // every kind has one dot
}

function gigabytes(bytes: number): string {
  return (bytes / 2 ** 30).toFixed(1);
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
