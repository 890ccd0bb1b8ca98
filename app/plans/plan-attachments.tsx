import { useTranslation } from "react-i18next";
import { AttachmentList, type ListedAttachment } from "../files/attachment-list.tsx";
import { UploadField } from "../files/upload-field.tsx";

interface Props {
  planId: string;
  attachments: readonly ListedAttachment[];
  mayAdd: boolean;
  /** Why the last file was not taken. */
  refused: string | null;
}

/** Courseware, worksheets and pictures that belong to a plan: seen in the seminar, and travelling with a publication. */
export function PlanAttachments({ planId, attachments, mayAdd, refused }: Props) {
  const { t } = useTranslation("files");
  if (attachments.length === 0 && !mayAdd) return null;
  return (
    <section className="no-print" aria-labelledby="attachments">
      <h2 id="attachments">{t("list.title")}</h2>
      <AttachmentList attachments={attachments} removalOf={mayAdd ? (id) => `/plans/${planId}/attachments/${id}/removal` : undefined} />
      {mayAdd && (
        <details open={refused !== null || undefined}>
          <summary className="inline-flex min-h-touch cursor-pointer items-center text-small text-indigo md:min-h-8">{t("list.add")}</summary>
          <UploadField ownerType="plan" ownerId={planId} back={`/plans/${planId}`} refused={refused} />
        </details>
      )}
    </section>
  );
}
