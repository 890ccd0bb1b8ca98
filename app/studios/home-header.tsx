import { Form, Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Button, LinkButton } from "../ui/button.tsx";
import { Tag } from "../ui/tag.tsx";

interface Props {
  studio: { id: string; name: string; level: "province" | "city" | "county"; subject: string; stages: string[]; regionName: string; intro: string; status: string; recruitPolicy: string; term: { no: number; from: Date | string; to: Date | string } | null };
  own: { seat: { id: string; role: "master" | "subject_lead" | "young_teacher" | "trainee" | "studio_assistant" | "guest_expert"; group: string | null } | null; application: "pending" | "waitlisted" | null };
  may: { invite: boolean; startPrep: boolean; apply: boolean };
  signedIn: boolean;
}

/** Who this is, what one is here, and the one thing to do. */
export function HomeHeader({ studio, own, may, signedIn }: Props) {
  const { t } = useTranslation("studios");
  return (
    <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
      <div className="min-w-0 max-w-[44rem] flex-1 basis-80">
        <Kick studio={studio} />
        <h1>{studio.name}</h1>
        {studio.intro && <p className="mt-1 text-ink-2">{studio.intro}</p>}
        {own.seat && (
          <p className="mt-2 text-small text-ink-2">
            {t(`home.mySeat.${own.seat.role}`)}
            {own.seat.group && t(own.seat.role === "subject_lead" ? "home.headOf" : "home.inGroup", { group: own.seat.group })}
            {" · "}
            <Link to={`/studios/${studio.id}/members/${own.seat.id}`} className="inline-flex min-h-touch items-center md:min-h-0">{t("members.history")}</Link>
          </p>
        )}
      </div>
      <div className="flex flex-wrap items-center gap-3">
        {may.invite && <LinkButton to={`/studios/${studio.id}/invitations/new`}>{t("home.invite")}</LinkButton>}
        {may.startPrep && <LinkButton to={`/studios/${studio.id}/preps/new`} weight="go">{t("home.prep")}</LinkButton>}
        {may.apply && !own.application && <LinkButton to={`/studios/${studio.id}/apply`} weight="go">{t("home.apply")}</LinkButton>}
        {own.application && (
          <Form method="post" action={`/studios/${studio.id}/application/withdraw`} className="flex flex-wrap items-center gap-3">
            <span className="text-small text-ink-2">{t(own.application === "waitlisted" ? "home.waitlisted" : "home.applied")}</span>
            <Button weight="quiet">{t("home.withdraw")}</Button>
          </Form>
        )}
        {!own.seat && !own.application && !may.apply && <Closed policy={studio.recruitPolicy} id={studio.id} signedIn={signedIn} />}
      </div>
    </header>
  );
}

function Kick({ studio }: Pick<Props, "studio">) {
  const { t } = useTranslation("studios");
  const { t: common } = useTranslation();
  const month = (at: Date | string) => {
    const day = new Date(new Date(at).getTime() + 8 * 3_600_000);
    return `${day.getUTCFullYear()}.${day.getUTCMonth() + 1}`;
  };
  const stages = studio.stages.map((stage) => common(`stage.${stage as "primary"}`)).join(t("and"));
  const parts = [t(`level.${studio.level}`), t("teaches", { stages, subject: common(`subject.${studio.subject as "mathematics"}`) }), studio.regionName];
  return (
    <p className="kick flex flex-wrap items-center gap-x-2">
      <span>{parts.join(" · ")}{studio.term && ` · ${t("home.term", { no: studio.term.no })} ${month(studio.term.from)}—${month(studio.term.to)}`}</span>
      {studio.status !== "active" && <Tag tone="mind">{t(`status.${studio.status as "draft"}`)}</Tag>}
    </p>
  );
}

function Closed({ policy, id, signedIn }: { policy: string; id: string; signedIn: boolean }) {
  const { t } = useTranslation("studios");
  if (policy === "invite") return <span className="text-small text-ink-3">{t("home.recruitInvite")}</span>;
  if (policy === "closed") return <span className="text-small text-ink-3">{t("home.recruitClosed")}</span>;
  return signedIn ? null : <Link to={`/sign-in?back=${encodeURIComponent(`/studios/${id}/apply`)}`}>{t("home.signIn")}</Link>;
}
