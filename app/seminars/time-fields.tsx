import { useTranslation } from "react-i18next";
import type { Problems } from "../http/problems.ts";
import { Field } from "../ui/field.tsx";

/** When a seminar begins and ends, in school time. */
export function TimeFields({ start, end, problems }: { start: string | undefined; end: string | undefined; problems: Problems | undefined }) {
  const { t } = useTranslation("seminars");
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field type="datetime-local" name="start" label={t("form.start")} help={t("form.zone")} problems={problems} defaultValue={start} required />
      <Field type="datetime-local" name="end" label={t("form.end")} help={t("form.zone")} problems={problems} defaultValue={end} required />
    </div>
  );
}
