import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Tag } from "../ui/tag.tsx";
import { When } from "../ui/when.tsx";
import type { Device } from "./device.ts";

interface Props {
  sessions: readonly { id: string; device: Device; begunAt: Date | string; usedAt: Date | string; here: boolean }[];
  /** `others`, or the id of one. */
  chosen: string;
}

/** Which of one's sessions to end: all others, or one of the list. */
export function SessionChoice({ sessions, chosen }: Props) {
  const { t } = useTranslation("people");
  return (
    <fieldset className="grid gap-1">
      <legend className="mb-1 font-medium">{t("sessions.which")}</legend>
      <Choice value="others" chosen={chosen}>{t("sessions.others", { count: sessions.filter((one) => !one.here).length })}</Choice>
      {sessions.map(({ id, device, begunAt, usedAt, here }) => (
        <Choice key={id} value={id} chosen={chosen}>
          <span className="flex flex-wrap items-center gap-x-3">
            {t("sessions.device", { system: t(`sessions.system.${device.system}`), browser: t(`sessions.browser.${device.browser}`) })}
            {here && <Tag tone="done">{t("sessions.here")}</Tag>}
          </span>
          <span className="block text-small text-ink-2">{t("sessions.begun")} <When at={begunAt} /> · {t("sessions.used")} <When at={usedAt} as="day" /></span>
        </Choice>
      ))}
    </fieldset>
  );
}

function Choice({ value, chosen, children }: { value: string; chosen: string; children: ReactNode }) {
  return (
    <label className="flex min-h-touch cursor-pointer items-start gap-3 border-b border-hairline py-2">
      <input type="radio" name="which" value={value} defaultChecked={value === chosen} className="mt-1.5 size-4 accent-cinnabar" />
      <span className="min-w-0">{children}</span>
    </label>
  );
}
