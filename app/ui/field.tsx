import { type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes, type TextareaHTMLAttributes, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Problem, Problems } from "../http/problems.ts";
import { useSay } from "./say.ts";
import { useKeptNow } from "./stale.tsx";

interface FieldProps {
  label: ReactNode;
  name: string;
  help?: ReactNode;
  /** What is wrong with each field, as the action answered. */
  problems?: Problems | undefined;
  optional?: boolean;
}

type Control<Attributes> = FieldProps & Omit<Attributes, "name" | "id">;

const BOX = "w-full rounded-round border border-rule bg-sheet px-3 py-2 text-ink placeholder:text-ink-3 aria-invalid:border-cinnabar min-h-touch md:min-h-10";

export function Field({ label, name, help, problems, optional, ...rest }: Control<InputHTMLAttributes<HTMLInputElement>>) {
  const field = useField(name, problems, help, rest);
  return (
    <Labelled {...field} label={label} help={help} optional={optional}>
      <input {...rest} {...field.aria} name={name} className={`${BOX} ${rest.className ?? ""}`} />
    </Labelled>
  );
}

export function TextArea({ label, name, help, problems, optional, ...rest }: Control<TextareaHTMLAttributes<HTMLTextAreaElement>>) {
  const field = useField(name, problems, help, rest);
  return (
    <Labelled {...field} label={label} help={help} optional={optional}>
      <textarea rows={4} {...rest} {...field.aria} name={name} className={`${BOX} leading-relaxed ${rest.className ?? ""}`} />
    </Labelled>
  );
}

export function Select({ label, name, help, problems, optional, children, ...rest }: Control<SelectHTMLAttributes<HTMLSelectElement>>) {
  const field = useField(name, problems, help, rest);
  const select = useRef<HTMLSelectElement>(null);
  const [kept, setKept] = useState<string | null>(null);
  // The words of the choice that is kept, as the list has them.
  useEffect(() => setKept([...(select.current?.options ?? [])].find(({ value }) => value === field.kept)?.text ?? null), [field.kept]);
  return (
    <Labelled {...field} label={label} help={help} optional={optional} kept={kept}>
      <select ref={select} {...rest} {...field.aria} name={name} className={`${BOX} ${rest.className ?? ""}`}>
        {children}
      </select>
    </Labelled>
  );
}

export function Check({ label, name, ...rest }: { label: ReactNode; name: string } & Omit<InputHTMLAttributes<HTMLInputElement>, "name" | "type">) {
  return (
    <label className="flex items-start gap-3 min-h-touch md:min-h-0 py-1">
      <input type="checkbox" name={name} className="mt-1.5 size-4 accent-cinnabar" {...rest} />
      <span>{label}</span>
    </label>
  );
}

/** Said above a form when something in it has to be mended. Takes the focus, so that it is heard. */
export function FormProblem({ problems }: { problems?: Problems | undefined }) {
  const { t } = useTranslation();
  const count = Object.keys(problems ?? {}).length;
  if (!problems || count === 0) return null;
  const whole = problems.form;
  return (
    <p role="alert" className="rounded-round bg-cinnabar-wash px-4 py-2 text-cinnabar">
      {whole ? <ProblemText problem={whole} /> : t("form.check", { count })}
    </p>
  );
}

function Labelled({ id, problem, helpId, problemId, keptId, kept, label, help, optional, children }: ReturnType<typeof useField> & { label: ReactNode; help: ReactNode; optional: boolean | undefined; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="font-medium">
        {label}
        {optional && <span className="ml-2 text-small font-normal text-ink-3">{t("form.optional")}</span>}
      </label>
      {help && (
        <p id={helpId} className="text-small text-ink-2">
          {help}
        </p>
      )}
      {children}
      {kept !== null && <p id={keptId} className="text-small text-amber">{kept === "" ? t("form.nowEmpty") : t("form.now", { value: kept })}</p>}
      {problem && (
        <p id={problemId} className="text-small text-cinnabar">
          <ProblemText problem={problem} />
        </p>
      )}
    </div>
  );
}

function ProblemText({ problem }: { problem: Problem }) {
  const say = useSay();
  return <>{say(problem.key, problem.params)}</>;
}

function useField(name: string, problems: Problems | undefined, help: ReactNode, { required, defaultValue }: { required?: boolean | undefined; defaultValue?: unknown }) {
  const id = useId();
  const problem = problems?.[name];
  const kept = useKeptNow(name, defaultValue);
  const helpId = `${id}-help`;
  const problemId = `${id}-problem`;
  const keptId = `${id}-kept`;
  const described = [help ? helpId : "", kept !== null ? keptId : "", problem ? problemId : ""].filter(Boolean).join(" ");
  return { id, problem, helpId, problemId, keptId, kept, aria: { id, "aria-invalid": problem ? (true as const) : undefined, "aria-describedby": described || undefined, "aria-required": required } };
}
