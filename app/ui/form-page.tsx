import { Form, useNavigation } from "@remix-run/react";
import type { ReactNode } from "react";
import type { Problems } from "../http/problems.ts";
import { Button, type Weight } from "./button.tsx";
import { FormProblem } from "./field.tsx";

interface Props {
  title: ReactNode;
  lead?: ReactNode;
  /** What the one button says. */
  go: ReactNode;
  weight?: Weight;
  problems?: Problems | undefined;
  multipart?: boolean;
  /** Stands between the words and the form: what one looks at while deciding. */
  before?: ReactNode;
  children?: ReactNode;
}

/** The page of an act with fields: what happens, the fields, one button that cannot be pressed twice. */
export function FormPage({ title, lead, go, weight = "go", problems, multipart, before, children }: Props) {
  const busy = useNavigation().state !== "idle";
  return (
    <div className="page">
      <div className="mx-auto grid max-w-[38rem] gap-6">
        <div>
          <h1>{title}</h1>
          {lead && <p className="mt-1 text-ink-2">{lead}</p>}
        </div>
        {before}
        <Form method="post" className="grid gap-5" {...(multipart && { encType: "multipart/form-data" as const })}>
          <FormProblem problems={problems} />
          {children}
          <div><Button weight={weight} disabled={busy}>{go}</Button></div>
        </Form>
      </div>
    </div>
  );
}
