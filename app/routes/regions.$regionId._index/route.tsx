import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { requireViewer } from "#app/http/viewer.server.ts";
import { GrantRows } from "#app/people/grant-rows.tsx";
import { regionFor } from "#app/regions/access.server.ts";
import { SchoolRows } from "#app/regions/school-rows.tsx";
import { Button, LinkButton } from "#app/ui/button.tsx";
import { Empty } from "#app/ui/empty.tsx";
import { Face } from "#app/ui/face.tsx";
import { Field } from "#app/ui/field.tsx";
import { pageTitle } from "#app/ui/title.ts";
import { listGrantsBelow } from "#db/grants.ts";
import { isId } from "#db/ids.ts";
import { listUnconfirmedBelow } from "#db/people.ts";
import { childRegions } from "#db/regions.ts";
import { listSchools } from "#db/schools.ts";
import { listWaitingDrafts } from "#db/studios.ts";

const PAGE = 50;

export const meta: MetaFunction<typeof loader> = ({ matches, data }) => pageTitle(matches, data?.region.name ?? "地区", data?.region.name ?? "Region");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { db } = context;
  const viewer = await requireViewer(context, request);
  const region = await regionFor(db, viewer, "administer", params.regionId);
  const asked = new URL(request.url).searchParams;
  const [after, school] = [asked.get("after"), asked.get("school")?.trim().slice(0, 60) ?? ""];
  const schools = await listSchools(db, region.id, { ...(school && { name: school }), ...(isId(after) && { after }), limit: PAGE + 1 });
  return {
    region: { id: region.id, name: region.name, names: region.names },
    waiting: await listWaitingDrafts(db, viewer, region.id, { limit: PAGE }),
    children: (await childRegions(db, region.id)).map(({ id, name }) => ({ id, name })),
    schools: schools.slice(0, PAGE),
    next: schools.length > PAGE ? (schools[PAGE - 1]?.id ?? null) : null,
    school,
    imported: ["made", "changed", "same"].every((key) => asked.has(key)) ? { made: Number(asked.get("made")) || 0, changed: Number(asked.get("changed")) || 0, same: Number(asked.get("same")) || 0 } : null,
    grants: await listGrantsBelow(db, region.id),
    teachers: (await listUnconfirmedBelow(db, region.id, PAGE)).filter((one) => one.id !== viewer.id).map((one) => ({ id: one.id, name: one.name, place: [one.region, one.school].filter(Boolean).join(" · ") })),
  };
}

export default function RegionPage() {
  const { t } = useTranslation("regions");
  const { region, waiting, children, schools, next, school, imported, grants, teachers } = useLoaderData<typeof loader>();
  const base = `/regions/${region.id}`;
  return (
    <div className="page">
      <p className="kick">{t("home.kick")} · {region.names.join(" · ")}</p>
      <h1>{region.name}</h1>
      <div className="two mt-8">
        <div className="grid min-w-0 gap-9">
          <section>
            <h2 className="mb-3">{t("home.waiting")}</h2>
            {waiting.length === 0 ? <Empty title={t("home.waitingNone")}>{t("home.waitingHelp")}</Empty> : (
              <ul className="rows">
                {waiting.map((studio) => (
                  <li key={studio.id}>
                    <div className="min-w-0 flex-1">
                      <Link to={`/studios/${studio.id}`} className="font-song text-lead font-bold">{studio.name}</Link>
                      <div className="text-small text-ink-3">{studio.region} · {t("home.masterIs", { name: studio.masterName })}</div>
                    </div>
                    <LinkButton to={`/studios/${studio.id}`} weight={studio === waiting[0] ? "go" : "plain"}>{t("home.look")}</LinkButton>
                  </li>
                ))}
              </ul>
            )}
          </section>
          {teachers.length > 0 && (
            <section>
              <h2>{t("home.teachersWaiting")}</h2>
              <p className="mt-1 mb-3 text-small text-ink-3">{t("home.teachersWaitingHelp")}</p>
              <ul className="rows">
                {teachers.map((one) => (
                  <li key={one.id} className="flex-wrap">
                    <Face name={one.name} id={one.id} />
                    <div className="min-w-0 flex-1">{one.name}<div className="text-small text-ink-3">{one.place}</div></div>
                    <Form method="post" action={`/people/${one.id}/confirmation`}><input type="hidden" name="back" value={base} /><Button>{t("home.confirm")}</Button></Form>
                  </li>
                ))}
              </ul>
            </section>
          )}
          <section>
            <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
              <h2>{t("home.schools")}</h2>
              <div className="flex flex-wrap gap-3">
                <LinkButton to={`${base}/schools/new`}>{t("home.newSchool")}</LinkButton>
                <LinkButton to={`${base}/schools/import`}>{t("home.import")}</LinkButton>
              </div>
            </div>
            {imported && <p role="status" className="mb-3 rounded-round bg-pine-wash px-4 py-2">{t("import.done", imported)}</p>}
            <Form key={school} className="mb-3 flex max-w-[26rem] items-end gap-3">
              <div className="min-w-0 flex-1"><Field name="school" type="search" label={t("home.findSchool")} defaultValue={school} maxLength={60} /></div>
              <Button>{t("home.find")}</Button>
            </Form>
            {schools.length === 0 ? <Empty title={t(school ? "home.nothingFound" : "home.noSchools")}>{!school && t("home.noSchoolsHelp")}</Empty> : <SchoolRows base={base} schools={schools} />}
            {next && <p className="mt-4"><LinkButton to={`?${new URLSearchParams({ ...(school && { school }), after: next }).toString()}`}>{t("home.more")}</LinkButton></p>}
          </section>
        </div>
        <aside className="grid content-start gap-6">
          <section>
            <div className="flex items-baseline justify-between gap-3">
              <h2>{t("grants.regionTitle")}</h2>
              <Link to={`${base}/people`} className="text-small">{t("grants.appoint")}</Link>
            </div>
            <p className="mt-1 text-small text-ink-3">{t("grants.regionHelp")}</p>
            <div className="mt-2"><GrantRows grants={grants} /></div>
          </section>
          {children.length > 0 && (
            <section className="border-t border-hairline pt-4">
              <h2>{t("home.below")}</h2>
              <ul className="mt-2 flex flex-wrap gap-x-4">
                {children.map((child) => <li key={child.id}><Link to={`/regions/${child.id}`} className="inline-flex min-h-touch items-center md:min-h-8">{child.name}</Link></li>)}
              </ul>
            </section>
          )}
        </aside>
      </div>
    </div>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
