import { Form, useActionData, useLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Refilled } from "../http/problems.ts";
import { Button } from "../ui/button.tsx";
import { FormProblem, TextArea } from "../ui/field.tsx";

/** A page that asks why, for acts on a publication that need a word to somebody. */
export function ReasonPage({ act, children }: { act: "return" | "withdraw" | "report" | "takeDown"; children?: ReactNode }) {
  const { t } = useTranslation("resources");
  const { title } = useLoaderData<{ title: string }>();
  const answer = useActionData<Refilled>();
  return (
    <div className="page">
      <div className="mx-auto grid max-w-[34rem] gap-5">
        <p className="kick">{title}</p>
        <h1>{t(`${act}.title`)}</h1>
        <p className="text-ink-2">{t(`${act}.lead`)}</p>
        <Form method="post" className="grid gap-5">
          <FormProblem problems={answer?.problems} />
          {children}
          <TextArea name="reason" label={t(`${act}.reason`)} problems={answer?.problems} defaultValue={answer?.typed.reason} maxLength={500} rows={4} />
          <Button weight="go">{t(`${act}.go`)}</Button>
        </Form>
      </div>
    </div>
  );
}
