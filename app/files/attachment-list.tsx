import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";

export interface ListedAttachment {
  id: string;
  name: string;
  byteCount: number;
  kind: "courseware" | "worksheet" | "image" | "document" | "other";
}

interface AttachmentListProps {
  attachments: readonly ListedAttachment[];
  /** Where a file is taken away, for those who may. */
  removalOf?: ((attachmentId: string) => string) | undefined;
}

/** The files of a plan, publication or seminar, to be opened or saved. */
export function AttachmentList({ attachments, removalOf }: AttachmentListProps) {
  const { t, i18n } = useTranslation("files");
  if (attachments.length === 0) return <p className="mt-1 text-small text-ink-3">{t("list.empty")}</p>;
  return (
    <ul className="mt-2 grid gap-1">
      {attachments.map(({ id, name, byteCount, kind }) => (
        <li key={id} className="flex items-start justify-between gap-2 text-small">
          <span className="min-w-0 break-words"><a href={`/files/${id}`}>{name}</a> <span className="text-ink-3">{t(`kind.${kind}`)} · {sizeIn(byteCount, i18n.language)}</span></span>
          {removalOf && <Form method="post" action={removalOf(id)} preventScrollReset><button aria-label={t("list.removeNamed", { name })} className="min-h-touch shrink-0 px-1 text-ink-2 underline underline-offset-4 md:min-h-6">{t("list.remove")}</button></Form>}
        </li>
      ))}
    </ul>
  );
}

/** 356 kB, 12.4 MB: as the language writes it. */
export function sizeIn(byteCount: number, language: string): string {
  const large = byteCount >= 1_000_000;
  return new Intl.NumberFormat(language, { style: "unit", unit: large ? "megabyte" : "kilobyte", maximumFractionDigits: large ? 1 : 0 }).format(Math.max(byteCount / (large ? 1_000_000 : 1000), 1));
}
