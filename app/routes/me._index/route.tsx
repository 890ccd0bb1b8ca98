import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData, useLocation } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { lessonsOf } from "#app/lessons/list.server.ts";
import { personSeenBy } from "#app/people/access.server.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { officePage } from "#app/people/office-page.ts";
import { TeachesWhat } from "#app/people/teaches-what.tsx";
import { ResourceRows } from "#app/resources/resource-rows.tsx";
import { Empty } from "#app/ui/empty.tsx";
import { Face } from "#app/ui/face.tsx";
import { Tag } from "#app/ui/tag.tsx";
import { pageTitle } from "#app/ui/title.ts";
import { countUnread } from "#db/notices.ts";
import { listSeatsOf } from "#db/people.ts";
import { listOwnResources } from "#db/resources.ts";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "我的空间", "My space");

/** As many of the newest as the space shows; the rest is behind the links beside. */
const SHOWN = 5;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const [person, seats, unread, lessons, published] = await Promise.all([
    personSeenBy(context.db, viewer, viewer.id),
    listSeatsOf(context.db, viewer.id),
    countUnread(context.db, viewer.id),
    lessonsOf(context.db, viewer),
    listOwnResources(context.db, viewer, { limit: SHOWN }),
  ]);
  return { person, seats, unread, lessons: [...lessons.underWay, ...lessons.finished].slice(0, SHOWN).map(({ id, title, studio }) => ({ id, title, studio })), published, locale: viewer.locale, theme: viewer.theme, grants: viewer.grants };
}

export default function MySpace() {
  const { t } = useTranslation("people");
  const { t: common } = useTranslation();
  const { person, seats, unread, lessons, published, locale, theme, grants } = useLoaderData<typeof loader>();
  const { t: resources } = useTranslation("resources");
  const { pathname } = useLocation();
  const places = [["/inbox", `${common("nav.inbox")}${unread > 0 ? ` ${unread}` : ""}`], ["/lessons", t("me.lessons")], ["/me/published", t("me.published")], ["/me/evidence", t("me.evidence")], ["/me/profile", t("me.profile")], ["/me/data", t("me.data")], ["/me/consents", t("me.consents")]] as const;
  return (
    <div className="page">
      <div className="flex items-center gap-4">
        <Face name={person.name} id={person.id} />
        <div className="min-w-0">
          <h1>{person.name}</h1>
          <p className="text-ink-2">
            {person.school ? `${person.region ?? ""} · ${person.school}` : t("me.noSchool")}
            {person.startedTeachingOn && ` · ${t("me.since", { year: person.startedTeachingOn.slice(0, 4) })}`}
          </p>
          <TeachesWhat stages={person.stages} subjects={person.subjects} titleRank={person.titleRank} />
        </div>
      </div>
      <p className="mt-4 flex flex-wrap items-center gap-3">
        {person.verified ? <Tag tone="done">{t("me.verified")}</Tag> : <Tag tone="mind">{t("me.unverified")}</Tag>}
        {!person.verified && <span className="text-small text-ink-2">{t("me.unverifiedHelp")}</span>}
      </p>
      {person.intro && <p className="prose-song mt-5 max-w-[38em]">{person.intro}</p>}
      <div className="two mt-8">
        <section>
          <h2 className="mb-3">{t("me.studios")}</h2>
          {seats.length === 0 ? (
            <Empty title={t("me.noStudio")}>
              <Link to="/studios">{t("me.findStudio")}</Link>
            </Empty>
          ) : (
            <ul className="rows">
              {seats.map((seat) => (
                <li key={seat.studioId}>
                  <Link to={`/studios/${seat.studioId}`} className="min-w-0 flex-1 font-medium">{seat.studio}</Link>
                  {seat.isHome && <span className="text-small text-ink-3">{t("me.home")}</span>}
                  <Tag tone="people">{common(`role.${seat.role}`)}</Tag>
                </li>
              ))}
            </ul>
          )}
          <h2 className="mt-9 mb-3">{t("me.lessons")}</h2>
          {lessons.length === 0 ? <Empty title={t("me.noLessons")}><Link to="/lessons/new">{t("me.startLesson")}</Link></Empty> : (
            <ul className="rows">
              {lessons.map((lesson) => (
                <li key={lesson.id}>
                  <Link to={`/lessons/${lesson.id}`} className="min-w-0 flex-1 font-medium">{lesson.title}</Link>
                  {lesson.studio && <span className="text-small text-ink-3">{lesson.studio}</span>}
                </li>
              ))}
            </ul>
          )}
          <h2 className="mt-9">{t("me.published")}</h2>
          <ResourceRows resources={published} none={resources("published.none")} />
        </section>
        <aside className="grid content-start gap-6 max-[60rem]:order-first">
          <ul className="rows [&>li]:py-1 md:[&>li]:py-2">
            {places.map(([to, label]) => (
              <li key={to}><Link to={to} className="flex min-h-touch flex-1 items-center no-underline md:min-h-0">{label}</Link></li>
            ))}
            {grants.map((grant) => {
              const to = officePage(grant);
              return to && <li key={grant.role + grant.scopeId}><Link to={to} className="flex min-h-touch flex-1 items-center no-underline md:min-h-0">{t(`grant.${grant.role}`)}</Link></li>;
            })}
          </ul>
          <section className="grid gap-3">
            <h2>{t("me.settings")}</h2>
            <Choice name="locale" value={locale} options={["zh-CN", "en"]} back={pathname} />
            <Choice name="theme" value={theme} options={["system", "light", "dark"]} back={pathname} />
          </section>
        </aside>
      </div>
    </div>
  );
}

function Choice<Option extends "zh-CN" | "en" | "system" | "light" | "dark">({ name, value, options, back }: { name: string; value: string; options: readonly Option[]; back: string }) {
  const { t } = useTranslation();
  return (
    <Form method="post" action="/preferences" reloadDocument className="flex gap-2">
      <input type="hidden" name="back" value={back} />
      {options.map((option) => (
        <button key={option} type="submit" name={name} value={option} aria-pressed={value === option} className="min-h-touch cursor-pointer rounded-round border border-rule bg-sheet px-3 text-ink-2 aria-pressed:border-cinnabar aria-pressed:text-cinnabar md:min-h-9">
          {t(`preferences.${option}`)}
        </button>
      ))}
    </Form>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
