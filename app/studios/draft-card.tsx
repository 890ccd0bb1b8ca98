import { useTranslation } from "react-i18next";
import { LinkButton } from "../ui/button.tsx";

interface Props {
  studio: { id: string; regionName: string; masterName: string; returnReason: string | null; quota: { subjectLead: number; youngTeacher: number; trainee: number | null }; recruitPolicy: "open" | "approve" | "invite" | "closed" };
  may: { approve: boolean; edit: boolean };
}

/** A studio before it is one: what is proposed, where it stands, and what its administrator or author does next. */
export function DraftCard({ studio, may }: Props) {
  const { t } = useTranslation("studios");
  const facts = [
    [t("home.master"), studio.masterName],
    [t("form.leadQuota"), studio.quota.subjectLead],
    [t("form.youngQuota"), studio.quota.youngTeacher],
    [t("form.traineeQuota"), studio.quota.trainee ?? t("list.any")],
    [t("form.recruit"), t(`recruit.${studio.recruitPolicy}`)],
  ] as const;
  return (
    <section className="card mt-8 max-w-[44rem]">
      <h2>{studio.returnReason === null ? t("home.draftTitle") : t("home.returnedTitle")}</h2>
      <p className="mt-1 whitespace-pre-line text-ink-2">{studio.returnReason ?? t("home.draftWaiting", { region: studio.regionName })}</p>
      <dl className="mt-5 grid gap-3 sm:grid-cols-2">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt className="text-small text-ink-3">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div className="mt-6 flex flex-wrap gap-3">
        {may.approve && <LinkButton to={`/studios/${studio.id}/approve`} weight="go">{t("home.approve")}</LinkButton>}
        {may.approve && <LinkButton to={`/studios/${studio.id}/return`}>{t("home.return")}</LinkButton>}
        {may.edit && <LinkButton to={`/studios/${studio.id}/edit`} weight={may.approve ? "quiet" : "go"}>{t("home.editDraft")}</LinkButton>}
      </div>
    </section>
  );
}
