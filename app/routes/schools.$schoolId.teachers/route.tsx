import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { schoolOfficeFor } from "#app/people/school-office.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { Button, LinkButton } from "#app/ui/button.tsx";
import { Empty } from "#app/ui/empty.tsx";
import { Face } from "#app/ui/face.tsx";
import { pageTitle } from "#app/ui/title.ts";
import { listTeachersOfSchool } from "#db/people.ts";

const PAGE = 50;

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "本校老师", "Teachers of this school");

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const { school, mayIssueLinks } = await schoolOfficeFor(context.db, viewer, params.schoolId);
  const after = new URL(request.url).searchParams.get("after") ?? undefined;
  const waiting = await listTeachersOfSchool(context.db, school.id, { confirmed: false, limit: PAGE });
  const confirmed = await listTeachersOfSchool(context.db, school.id, { confirmed: true, ...(after && { after }), limit: PAGE });
  return { school: { id: school.id, name: school.name }, mayIssueLinks, me: viewer.id, waiting, confirmed };
}

export default function Teachers() {
  const { t } = useTranslation("people");
  const { t: common } = useTranslation();
  const { school, mayIssueLinks, me, waiting, confirmed } = useLoaderData<typeof loader>();
  const last = confirmed.at(-1);
  return (
    <div className="page">
      <p className="kick">{school.name}</p>
      <h1>{t("teachers.title")}</h1>
      <h2 className="mt-8 mb-3">{t("teachers.waiting")}</h2>
      {waiting.length === 0 ? <Empty title={t("teachers.none")} /> : (
        <ul className="rows">
          {waiting.map((person) => (
            <li key={person.id}>
              <Face name={person.name} id={person.id} />
              <span className="min-w-0 flex-1">{person.name} <span className="text-small text-ink-3">{person.subjects.map((subject) => common(`subject.${subject as "mathematics"}`)).join("、")}</span></span>
              {person.id !== me && <Form method="post" action={`/people/${person.id}/confirmation`}><Button weight="go">{t("teachers.confirm")}</Button></Form>}
            </li>
          ))}
        </ul>
      )}
      <h2 className="mt-8 mb-3">{t("teachers.confirmed")}</h2>
      <ul className="rows">
        {confirmed.map((person) => (
          <li key={person.id}>
            <Face name={person.name} id={person.id} />
            <Link to={`/people/${person.id}`} className="min-w-0 flex-1">{person.name}</Link>
            {mayIssueLinks && person.id !== me && <LinkButton to={`/people/${person.id}/password-link`}>{t("teachers.link")}</LinkButton>}
          </li>
        ))}
      </ul>
      {last && confirmed.length === PAGE && <p className="mt-4"><LinkButton to={`?after=${last.id}`}>{common("act.more")}</LinkButton></p>}
    </div>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
