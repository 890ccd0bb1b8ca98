import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { Resource } from "#db/resources.ts";
import { Empty } from "../ui/empty.tsx";
import { Tag } from "../ui/tag.tsx";

export function ResourceRows({ resources, none }: { resources: readonly Pick<Resource, "id" | "title" | "kind" | "state" | "ownerName">[]; none: string }) {
  const { t } = useTranslation("resources");
  if (resources.length === 0) return <div className="mt-6"><Empty title={none} /></div>;
  return (
    <ul className="rows mt-5">
      {resources.map((one) => (
        <li key={one.id}>
          <div className="min-w-0 flex-1">
            <Link to={`/resources/${one.id}`} className="font-song font-bold">{one.title}</Link>
            <p className="text-small text-ink-3">{t(`kind.${one.kind}`)} · {one.ownerName}</p>
          </div>
          <Tag tone={one.state === "published" ? "done" : one.state === "submitted" ? "now" : "mind"}>{t(`stateShort.${one.state}`)}</Tag>
        </li>
      ))}
    </ul>
  );
}
