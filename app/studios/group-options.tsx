import { useTranslation } from "react-i18next";

/** The groups of a studio for a choice, with none first. */
export function GroupOptions({ groups }: { groups: readonly { id: string; name: string }[] }) {
  const { t } = useTranslation("studios");
  return (
    <>
      <option value="">{t("members.noGroup")}</option>
      {groups.map((group) => <option key={group.id} value={group.id}>{group.name}</option>)}
    </>
  );
}
