import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { SeminarListed } from "#db/seminars.ts";
import { Tag } from "../ui/tag.tsx";
import { When } from "../ui/when.tsx";

type Row = Pick<SeminarListed, "id" | "title" | "kind" | "state" | "studioName" | "hostName"> & { startsAt: string };

/** What a row needs of its seminar. */
export function listed({ id, title, kind, state, studioName, hostName, startsAt }: SeminarListed): Row {
  return { id, title, kind, state, studioName, hostName, startsAt: startsAt.toISOString() };
}

export function SeminarRows({ rows }: { rows: readonly Row[] }) {
  const { t } = useTranslation("seminars");
  return (
    <ul className="rows">
      {rows.map((row) => (
        <li key={row.id} className="flex-wrap">
          <div className="min-w-0 flex-1 basis-60">
            <Link to={`/seminars/${row.id}`} className="font-medium">{row.title}</Link>
            <p className="text-small text-ink-2">{t(`kind.${row.kind}`)} · {t("page.host", { name: row.hostName })} · {row.studioName}</p>
          </div>
          <p className="text-small text-ink-2"><When at={row.startsAt} /></p>
          <Tag tone={row.state === "live" || row.state === "paused" || row.state === "lobby" ? "now" : row.state === "reported" ? "done" : "plain"}>{t(`state.${row.state}`)}</Tag>
        </li>
      ))}
    </ul>
  );
}
