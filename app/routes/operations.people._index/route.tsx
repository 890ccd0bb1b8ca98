import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { refuse } from "#app/http/refusals.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { OperationsLinks } from "#app/operations/operations-links.tsx";
import { helpableAmong } from "#app/people/access.server.ts";
import { FoundPeople } from "#app/people/found-people.tsx";
import { FrozenRows } from "#app/people/frozen-rows.tsx";
import { GrantRows } from "#app/people/grant-rows.tsx";
import { findPeopleToAppoint } from "#app/people/grants.server.ts";
import { holds } from "#app/people/standing.ts";
import { Button } from "#app/ui/button.tsx";
import { Field } from "#app/ui/field.tsx";
import { pageTitle } from "#app/ui/title.ts";
import { listFreezes } from "#db/freezes.ts";
import { listGrantsOfRoles } from "#db/grants.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "人与职责", "People and offices");

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  if (!holds(viewer, "system_operator")) throw refuse("notThere");
  const asked = new URL(request.url).searchParams.get("who")?.trim().slice(0, 254) ?? "";
  const people = asked ? await findPeopleToAppoint(context.db, context.sessions, asked, null) : [];
  return { me: viewer.id, frozen: await listFreezes(context.db), asked, people, helpable: await helpableAmong(context.db, viewer, people.map(({ id }) => id)), grants: await listGrantsOfRoles(context.db, ["system_operator", "region_admin", "moderator"]) };
}

export default function OperationsPeople() {
  const { t } = useTranslation("regions");
  const { t: operations } = useTranslation("operations");
  const { t: ofPeople } = useTranslation("people");
  const { me, frozen, asked, people, helpable, grants } = useLoaderData<typeof loader>();
  return (
    <div className="page">
      <div className="mx-auto grid max-w-[44rem] gap-6">
        <div>
          <h1>{t("grants.operationsTitle")}</h1>
          <OperationsLinks />
          <p className="mt-1 text-ink-2">{t("grants.operationsLead")}</p>
        </div>
        <Form className="flex items-end gap-3">
          <div className="min-w-0 flex-1"><Field name="who" label={t("grants.find")} defaultValue={asked} maxLength={254} required autoComplete="off" /></div>
          <Button weight={people.length === 1 ? "plain" : "go"}>{t("grants.go")}</Button>
        </Form>
        <FoundPeople asked={asked} people={people} to={(id) => `/operations/people/${id}/appoint`} more={(id) => [...(helpable.includes(id) ? [{ to: `/people/${id}/second-factor`, label: ofPeople("second.remove") }] : []), ...(id === me ? [] : [{ to: `/operations/people/${id}/freeze`, label: operations("frozen.freeze") }])]} />
        <section>
          <h2 className="mb-3">{t("grants.inForce")}</h2>
          <GrantRows grants={grants} />
        </section>
        <section>
          <h2 className="mb-3">{operations("frozen.title")}</h2>
          <FrozenRows frozen={frozen} />
        </section>
      </div>
    </div>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
