import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Tag } from "../ui/tag.tsx";
import { surnameOf } from "./surname.ts";

interface Card {
  id: string;
  name: string;
  level: "province" | "city" | "county";
  status: string;
  stages: readonly string[];
  subject: string;
  intro: string;
  region: string;
  masterName: string;
  members: number;
  recruitPolicy: "open" | "approve" | "invite" | "closed";
}

/** Studios as a list: the master's seal, what it is, how one joins. */
export function StudioRows({ studios }: { studios: readonly Card[] }) {
  const { t } = useTranslation("studios");
  const { t: common } = useTranslation();
  return (
    <ul className="rows">
      {studios.map((studio) => (
        <li key={studio.id}>
          <span aria-hidden="true" className={`grid size-11 shrink-0 place-items-center rounded-full font-song font-bold ${studio.status === "draft" ? "border border-dashed border-cinnabar text-cinnabar" : "bg-cinnabar text-on-cinnabar"}`}>{surnameOf(studio.masterName)}</span>
          <div className="min-w-0 flex-1">
            <Link to={`/studios/${studio.id}`} className="font-song text-lead font-bold">{studio.name}</Link>
            <div className="text-small text-ink-3">
              {[t(`level.${studio.level}`), t("teaches", { stages: studio.stages.map((stage) => common(`stage.${stage as "primary"}`)).join(t("and")), subject: common(`subject.${studio.subject as "mathematics"}`) }), studio.region, ...(studio.status === "draft" ? [] : [t("list.members", { count: studio.members })])].join(" · ")}
            </div>
            {studio.intro && <div className="line-clamp-2 text-small text-ink-2">{studio.intro}</div>}
          </div>
          <span className="shrink-0 max-sm:hidden">{studio.status === "active" ? <Tag tone={studio.recruitPolicy === "open" || studio.recruitPolicy === "approve" ? "done" : "plain"}>{t(`recruit.${studio.recruitPolicy}`)}</Tag> : <Tag tone="mind">{t(`status.${studio.status as "draft"}`)}</Tag>}</span>
        </li>
      ))}
    </ul>
  );
}
