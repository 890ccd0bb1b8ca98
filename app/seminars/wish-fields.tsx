import { useTranslation } from "react-i18next";
import type { Problems } from "../http/problems.ts";
import { Check, Field, Select, TextArea } from "../ui/field.tsx";
import { AgendaFields } from "./agenda-fields.tsx";

type Person = { personId: string; name: string };

interface Props {
  /** What stands in the fields: what was typed, or what is kept. Several of one name, a line each. */
  typed: Partial<Record<string, string>>;
  problems: Problems | undefined;
  people: readonly Person[];
  sections: readonly { key: string; title: string }[];
  withPrep: boolean;
}

/** Who leads and speaks, what is on the agenda, who may come: the same for a new seminar and for one that is changed. */
export function WishFields({ typed, problems, people, sections, withPrep }: Props) {
  const { t } = useTranslation("seminars");
  return (
    <>
      <Select name="hostId" label={t("form.host")} problems={problems} defaultValue={typed.hostId}><Options people={people} /></Select>
      <Choice name="speakerIds" legend={t("form.speakers")} people={people} chosen={typed.speakerIds} problem={problems?.speakerIds !== undefined} />
      <Choice name="discussantIds" legend={t("form.discussants")} people={people} chosen={typed.discussantIds} problem={false} />
      <Select name="scribeId" label={t("form.scribe")} problems={problems} defaultValue={typed.scribeId ?? ""}><option value="">{t("form.nobody")}</option><Options people={people} /></Select>
      <AgendaFields typed={typed} sections={sections} />
      <Select name="visibility" label={t("form.visibility")} problems={problems} defaultValue={typed.visibility ?? "studio"}>
        {(["prep", "studio", "public"] as const).filter((who) => who !== "prep" || withPrep).map((who) => <option key={who} value={who}>{t(`visibility.${who}`)}</option>)}
      </Select>
      <Field type="number" name="capacity" label={t("form.capacity")} problems={problems} min={2} max={1000} defaultValue={typed.capacity ?? "100"} required />
      <Check name="lobby" label={t("form.lobbyCheck")} defaultChecked={typed.lobby !== undefined} />
    </>
  );
}

/** What it is about. */
export function AboutFields({ typed, problems }: Pick<Props, "typed" | "problems">) {
  const { t } = useTranslation("seminars");
  return (
    <>
      <Field name="title" label={t("form.title")} problems={problems} defaultValue={typed.title} maxLength={100} required />
      <TextArea name="intro" label={t("form.intro")} help={t("form.introHelp")} problems={problems} defaultValue={typed.intro} maxLength={2000} optional />
    </>
  );
}

function Options({ people }: { people: readonly Person[] }) {
  return <>{people.map((one) => <option key={one.personId} value={one.personId}>{one.name}</option>)}</>;
}

function Choice({ name, legend, people, chosen, problem }: { name: string; legend: string; people: readonly Person[]; chosen: string | undefined; problem: boolean }) {
  const { t } = useTranslation("seminars");
  const ids = chosen?.split("\n").filter(Boolean) ?? [];
  return (
    <details open={ids.length > 0 || problem}>
      <summary className="min-h-touch cursor-pointer py-2 font-medium">{legend}</summary>
      {problem && <p className="text-small text-cinnabar">{t("form.noMember")}</p>}
      <div className="grid gap-x-4 sm:grid-cols-3">{people.map((one) => <Check key={one.personId} name={name} value={one.personId} label={one.name} defaultChecked={ids.includes(one.personId)} />)}</div>
    </details>
  );
}
