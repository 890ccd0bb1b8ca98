import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { personSeenBy } from "#app/people/access.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { TeachesWhat } from "#app/people/teaches-what.tsx";
import { Face } from "#app/ui/face.tsx";
import { Tag } from "#app/ui/tag.tsx";
import { listSeatsOf } from "#db/people.ts";
import { listResourcesOf } from "#db/resources.ts";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.person.name} · 同研` : "同研" }];

/** As many publications as a page of somebody shows. */
const SHOWN = 20;

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const { id, name, school, region, intro, startedTeachingOn, verified, stages, subjects, titleRank } = await personSeenBy(context.db, viewer, params.personId);
  const published = (await listResourcesOf(context.db, viewer, id, SHOWN)).map((one) => ({ id: one.id, title: one.title, kind: one.kind }));
  return { published, person: { id, name, school, region, intro, startedTeachingOn, verified, stages, subjects, titleRank }, seats: await listSeatsOf(context.db, id) };
}

export default function PersonPage() {
  const { t } = useTranslation("people");
  const { t: common } = useTranslation();
  const { t: resources } = useTranslation("resources");
  const { person, seats, published } = useLoaderData<typeof loader>();
  return (
    <div className="page">
      <div className="flex items-center gap-4">
        <Face name={person.name} id={person.id} />
        <div className="min-w-0">
          <h1>{person.name}</h1>
          <p className="text-ink-2">{person.school ? `${person.region ?? ""} · ${person.school}` : t("me.noSchool")}</p>
          <TeachesWhat stages={person.stages} subjects={person.subjects} titleRank={person.titleRank} />
        </div>
      </div>
      {!person.verified && <p className="mt-4"><Tag tone="mind">{t("me.unverified")}</Tag></p>}
      {person.intro && <p className="prose-song mt-5 max-w-[38em]">{person.intro}</p>}
      <h2 className="mt-8 mb-3">{common("nav.studios")}</h2>
      {seats.length === 0 && <p className="text-ink-2">{t("person.noStudio")}</p>}
      <ul className="rows max-w-[44rem]">
        {seats.map((seat) => (
          <li key={seat.studioId}>
            <Link to={`/studios/${seat.studioId}`} className="min-w-0 flex-1">{seat.studio}</Link>
            <Tag tone="people">{common(`role.${seat.role}`)}</Tag>
          </li>
        ))}
      </ul>
      <h2 className="mt-8 mb-3">{t("person.lessons")}</h2>
      {published.length === 0 && <p className="text-ink-2">{t("person.none")}</p>}
      <ul className="rows max-w-[44rem]">
        {published.map((one) => (
          <li key={one.id}>
            <Link to={`/resources/${one.id}`} className="min-w-0 flex-1 font-song font-bold">{one.title}</Link>
            <span className="text-small text-ink-3">{resources(`kind.${one.kind}`)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
