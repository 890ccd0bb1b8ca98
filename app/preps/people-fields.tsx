import { useTranslation } from "react-i18next";
import type { SeatHolder } from "#db/prep-people.ts";
import type { Problems } from "../http/problems.ts";
import { Select } from "../ui/field.tsx";
import { useSay } from "../ui/say.ts";

type Person = Pick<SeatHolder, "personId" | "name" | "role" | "school">;

interface Props {
  writers: readonly Person[];
  others: readonly Person[];
  leadId: string;
  coIds: readonly string[];
  observerIds: readonly string[];
  problems: Problems | undefined;
}

/** Who leads, who writes with them, who looks on. */
export function PeopleFields({ writers, others, leadId, coIds, observerIds, problems }: Props) {
  const { t } = useTranslation("preps");
  const { t: common } = useTranslation();
  return (
    <>
      <Select name="leadId" label={t("new.lead")} help={t("new.leadHelp")} problems={problems} defaultValue={leadId}>
        {writers.map((one) => <option key={one.personId} value={one.personId}>{`${one.name} · ${common(`role.${one.role}`)}`}</option>)}
      </Select>
      <Choice name="coIds" legend={t("new.co")} help={t("new.coHelp")} people={writers} chosen={coIds} problems={problems} />
      {others.length + writers.length > 1 && <Choice name="observerIds" legend={t("new.observers")} help={t("new.observersHelp")} people={[...others, ...writers]} chosen={observerIds} problems={problems} folded />}
    </>
  );
}

function Choice({ name, legend, help, people, chosen, problems, folded = false }: { name: string; legend: string; help: string; people: readonly Person[]; chosen: readonly string[]; problems: Problems | undefined; folded?: boolean }) {
  const say = useSay();
  const problem = problems?.[name];
  const list = (
    <ul className="grid gap-x-4 sm:grid-cols-2 lg:grid-cols-3">
      {people.map((one) => (
        <li key={one.personId}>
          <label className="flex min-h-touch items-center gap-3">
            <input type="checkbox" name={name} value={one.personId} defaultChecked={chosen.includes(one.personId)} className="size-4 shrink-0 accent-cinnabar" />
            <span className="min-w-0">{one.name} <span className="text-small text-ink-3">{one.school}</span></span>
          </label>
        </li>
      ))}
    </ul>
  );
  return (
    <fieldset className="grid gap-2">
      <legend className="font-medium">{legend}</legend>
      <p className="text-small text-ink-2">{help}</p>
      {problem && <p className="text-small text-cinnabar">{say(problem.key, problem.params)}</p>}
      {folded && chosen.length === 0 && !problem ? <details><summary className="min-h-touch cursor-pointer py-2 text-indigo">{legend}</summary>{list}</details> : list}
    </fieldset>
  );
}
