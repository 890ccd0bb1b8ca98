import { useTranslation } from "react-i18next";

/** The head of a plan in the layout in which plans are inspected. */
export function PlanHead({ plan }: { plan: { title: string; periods: number; header: { teacher?: string | undefined; className?: string | undefined; taughtOn?: string | undefined; lessonType?: string | undefined } } }) {
  const { t } = useTranslation("plans");
  const blank = t("header.blank");
  const parts = [
    `${t("header.teacher")} ${plan.header.teacher || blank}`,
    `${t("header.className")} ${plan.header.className || blank}`,
    `${t("header.taughtOn")} ${plan.header.taughtOn || blank}`,
    plan.header.lessonType && `${t("header.lessonType")} ${plan.header.lessonType}`,
    t("header.periods", { count: plan.periods }),
  ];
  return (
    <header className="text-center">
      <p className="flex flex-wrap justify-center gap-x-6 text-small text-ink-2">{parts.filter(Boolean).map((part) => <span key={part as string}>{part}</span>)}</p>
      <h1 className="mt-1">{plan.title}</h1>
    </header>
  );
}
