import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Face } from "../ui/face.tsx";
import { sayWhen, When } from "../ui/when.tsx";

interface Props {
  studioId: string;
  figures: { cases: number; reuses: number; seminars: number; rural: number | null; asOf: Date | string } | undefined;
  leads: readonly { personId: string; name: string; group: string | null; county: string | null }[];
  leadQuota: number;
  announcements: readonly { id: string; body: string; by: string; createdAt: Date | string }[];
  member: boolean;
  signedIn: boolean;
  may: { invite: boolean; announce: boolean; seeMembers: boolean; edit: boolean; setQuota: boolean; handOver: boolean };
}

/** Beside the picture: figures that say of what, the leads with their group and county, announcements, and the doors to the rest. */
export function HomeAside(props: Props) {
  const { t } = useTranslation("studios");
  const { studioId, may, member } = props;
  const doors = [
    may.seeMembers && ["members", t("home.members")],
    may.seeMembers && ["groups", t("home.groups")],
    may.seeMembers && ["figures", t("figures.open")],
    may.edit && ["edit", t("home.edit")],
    may.setQuota && ["quota", t("home.quota")],
    may.handOver && ["succession", t("home.handOver")],
  ].filter((door): door is [string, string] => Array.isArray(door));
  return (
    <aside className="grid content-start gap-6">
      <Figures {...props} />
      <Leads {...props} />
      {(member || may.announce) && <Announcements {...props} />}
      {doors.length > 0 && (
        <nav aria-label={t("list.title")} className="flex flex-wrap gap-x-5 gap-y-1 border-t border-hairline pt-4 text-small">
          {doors.map(([to, name]) => <Link key={to} to={`/studios/${studioId}/${to}`} className="inline-flex min-h-touch items-center md:min-h-0">{name}</Link>)}
        </nav>
      )}
    </aside>
  );
}

function Figures({ figures }: Props) {
  const { t, i18n } = useTranslation("studios");
  if (!figures) return null;
  const number = (n: number) => n.toLocaleString("en");
  const shown = [
    [t("home.cases"), number(figures.cases)],
    [t("home.reuses"), number(figures.reuses)],
    [t("home.rural"), figures.rural === null ? "—" : `${Math.round(figures.rural * 100)}%`],
    [t("home.seminars"), number(figures.seminars)],
  ];
  return (
    <section aria-label={t("home.figures")}>
      <dl className="grid grid-cols-2 gap-4">
        {shown.map(([name, n]) => (
          <div key={name}>
            <dt className="text-small text-ink-3">{name}</dt>
            <dd className="font-song text-page font-bold">{n}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-2 text-small text-ink-3">{t("home.asOf", { when: sayWhen(figures.asOf, i18n.language) })}</p>
    </section>
  );
}

const SHOWN = 12;

function Leads({ studioId, leads, leadQuota, signedIn, may }: Props) {
  const { t } = useTranslation("studios");
  const empty = Math.max(0, leadQuota - leads.length);
  return (
    <section className="border-t border-hairline pt-4">
      <h2>{t("home.leads")}</h2>
      {leads.length === 0 && <p className="mt-2 text-small text-ink-2">{t("home.noLeads")} {may.invite && <Link to={`/studios/${studioId}/invitations/new`}>{t("home.noLeadsMaster")}</Link>}</p>}
      <ul className="mt-2 grid gap-1">
        {leads.slice(0, SHOWN).map((lead) => (
          <li key={lead.personId} className="flex min-h-touch items-center gap-3 md:min-h-0 md:py-0.5">
            <Face name={lead.name} id={lead.personId} />
            <span className="min-w-0">
              {signedIn ? <Link to={`/people/${lead.personId}`} className="no-underline hover:underline">{lead.name}</Link> : lead.name}{" "}
              <span className="text-small text-ink-3">{[lead.group ?? t("home.noGroup"), lead.county].filter(Boolean).join(" · ")}</span>
            </span>
          </li>
        ))}
      </ul>
      {leads.length > SHOWN && may.seeMembers && <p className="mt-2 text-small"><Link to={`/studios/${studioId}/members?role=subject_lead`}>{t("list.more")}</Link></p>}
      {leads.length > 0 && empty > 0 && <p className="mt-2 text-small text-ink-3">{t("home.emptySeats", { count: empty })}</p>}
    </section>
  );
}

function Announcements({ studioId, announcements, may }: Props) {
  const { t } = useTranslation("studios");
  return (
    <section className="border-t border-hairline pt-4">
      <div className="flex items-baseline justify-between gap-3">
        <h2>{t("home.announcements")}</h2>
        {may.announce && <Link to={`/studios/${studioId}/announcements/new`} className="text-small">{t("home.announce")}</Link>}
      </div>
      {announcements.length === 0 && <p className="mt-2 text-small text-ink-2">{t("home.noAnnouncements")}</p>}
      {announcements.map((one) => (
        <p key={one.id} className="mt-2 text-small whitespace-pre-line text-ink-2">
          {one.body} <span className="text-ink-3">{one.by} · <When at={one.createdAt} as="day" /></span>
        </p>
      ))}
    </section>
  );
}
