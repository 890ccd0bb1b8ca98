import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { requireViewer } from "#app/http/viewer.server.ts";
import { helpableAmong } from "#app/people/access.server.ts";
import { FoundPeople } from "#app/people/found-people.tsx";
import { findPeopleToAppoint } from "#app/people/grants.server.ts";
import { regionFor } from "#app/regions/access.server.ts";
import { Button } from "#app/ui/button.tsx";
import { Field } from "#app/ui/field.tsx";
import { pageTitle } from "#app/ui/title.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "协调人与教研员", "Coordinators and researchers");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const region = await regionFor(context.db, viewer, "administer", params.regionId);
  const asked = new URL(request.url).searchParams.get("who")?.trim().slice(0, 254) ?? "";
  const people = asked ? await findPeopleToAppoint(context.db, context.sessions, asked, region.id) : [];
  return { region: { id: region.id, name: region.name }, asked, people, helpable: await helpableAmong(context.db, viewer, people.map(({ id }) => id)) };
}

export default function RegionPeople() {
  const { t } = useTranslation("regions");
  const { t: ofPeople } = useTranslation("people");
  const { region, asked, people, helpable } = useLoaderData<typeof loader>();
  return (
    <div className="page">
      <div className="mx-auto grid max-w-[44rem] gap-6">
        <div>
          <p className="kick"><Link to={`/regions/${region.id}`}>{region.name}</Link></p>
          <h1>{t("grants.regionTitle")}</h1>
          <p className="mt-1 text-ink-2">{t("grants.regionHelp")}</p>
        </div>
        <Form className="flex items-end gap-3">
          <div className="min-w-0 flex-1"><Field name="who" label={t("grants.find")} defaultValue={asked} maxLength={254} required autoComplete="off" /></div>
          <Button weight={people.length === 1 ? "plain" : "go"}>{t("grants.go")}</Button>
        </Form>
        <FoundPeople asked={asked} people={people} to={(id) => `/regions/${region.id}/people/${id}/appoint`} more={(id) => (helpable.includes(id) ? [{ to: `/people/${id}/second-factor`, label: ofPeople("second.remove") }] : [])} />
      </div>
    </div>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
