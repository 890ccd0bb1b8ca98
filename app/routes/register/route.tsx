import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import * as z from "zod";
import { LoginFields } from "#app/people/login-fields.tsx";
import { SchoolPicker } from "#app/people/school-picker.tsx";
import { schoolChoices } from "#app/people/school-choices.server.ts";
import { readLoginName } from "#app/people/login-name.ts";
import { newPassword, weakness } from "#app/people/weak-password.server.ts";
import { register } from "#app/people/register.server.ts";
import { STAGES, SUBJECTS } from "#app/people/teaching.ts";
import { readForm, tooMany, unprocessable } from "#app/http/form.server.ts";
import { localeOf } from "#app/http/locale.server.ts";
import { line } from "#app/http/text.server.ts";
import { safeReturn } from "#app/http/viewer.server.ts";
import { Button } from "#app/ui/button.tsx";
import { Check, Field, FormProblem, Select } from "#app/ui/field.tsx";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.locale === "en" ? "Register · Tongyan" : "注册 · 同研" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const url = new URL(request.url);
  const back = safeReturn(url.searchParams.get("back"));
  if (await context.viewer()) throw redirect(back);
  return { back, locale: localeOf(request, null), ...(await schoolChoices(context.db, url.searchParams.get("county"))) };
}

const form = z.object({
  name: line(40),
  login: z.string().transform((typed, ctx) => {
    const login = readLoginName(typed);
    if (login) return login;
    ctx.addIssue({ code: "custom", params: { key: "people:register.loginUnknown" } });
    return z.NEVER;
  }),
  password: newPassword,
  school: z.string().optional(),
  stage: z.enum(STAGES),
  subject: z.enum(SUBJECTS),
  service: z.literal("on", { error: "consent" }),
  displayName: z.string().optional(),
  back: z.string().optional(),
});

export async function action({ request, context }: ActionFunctionArgs) {
  const { values, problems, typed } = await readForm(request.clone() as Request, form);
  if (problems) return unprocessable({ ...problems, ...(problems.service && { service: { key: "people:register.consentNeeded" } }) }, typed);
  const weak = weakness(values.password, [values.name, values.login.normalised]);
  if (weak) return unprocessable({ password: weak }, typed);
  if (!context.spend("register")) return tooMany(typed);
  const made = await register(context.db, context.sessions, {
    name: values.name,
    login: values.login,
    password: values.password,
    schoolId: values.school || null,
    stage: values.stage,
    subject: values.subject,
    locale: localeOf(request, null),
    displayName: values.displayName === "on",
  });
  if (made === "taken") {
    // The same form sent twice: whoever knows the password is who made the account a moment ago.
    const again = await context.sessions.signIn(request, values.login.normalised, values.password);
    if ("refused" in again) return unprocessable({ login: { key: "people:register.taken" } }, typed);
    throw redirect(safeReturn(values.back), { headers: again.headers });
  }
  throw redirect(safeReturn(values.back), { headers: await context.sessions.open(request, made.personId) });
}

export default function Register() {
  const { t } = useTranslation("people");
  const { t: common } = useTranslation();
  const { back, counties, county, schools } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const busy = useNavigation().state !== "idle";
  const typed: Partial<Record<string, string>> = answer?.typed ?? {};
  return (
    <div className="page">
      <div className="mx-auto grid max-w-[30rem] gap-6">
        <div>
          <h1>{t("register.title")}</h1>
          <p className="mt-2 text-ink-2">{t("register.lead")}</p>
        </div>
        <Form method="post" className="grid gap-5">
          <FormProblem problems={answer?.problems} />
          <input type="hidden" name="back" value={back} />
          <Field name="name" label={t("register.name")} help={t("register.nameHelp")} problems={answer?.problems} defaultValue={typed.name} autoComplete="name" maxLength={40} required />
          <LoginFields problems={answer?.problems} login={typed.login} />
          <SchoolPicker counties={counties} county={county} schools={schools} school={typed.school} />
          <div className="grid grid-cols-2 gap-4">
            <Select name="stage" label={t("register.stage")} problems={answer?.problems} defaultValue={typed.stage ?? "primary"}>
              {STAGES.map((stage) => <option key={stage} value={stage}>{common(`stage.${stage}`)}</option>)}
            </Select>
            <Select name="subject" label={t("register.subject")} problems={answer?.problems} defaultValue={typed.subject ?? "mathematics"}>
              {SUBJECTS.map((subject) => <option key={subject} value={subject}>{common(`subject.${subject}`)}</option>)}
            </Select>
          </div>
          <fieldset className="grid gap-1 border-t border-hairline pt-4">
            <legend className="font-medium">{t("consent.title")}</legend>
            <Check name="service" required defaultChecked={typed.service === "on"} label={t("consent.serviceAndEvidence")} />
            {answer?.problems.service && <p className="text-small text-cinnabar">{t("register.consentNeeded")}</p>}
            <Check name="displayName" defaultChecked={typed.displayName === "on"} label={t("consent.display_name")} />
            <p className="text-small text-ink-2">{t("consent.later")}</p>
          </fieldset>
          <Button weight="go" disabled={busy}>{t("register.go")}</Button>
        </Form>
        <p className="text-small">
          <Link to={`/sign-in?back=${encodeURIComponent(back)}`}>{t("register.signIn")}</Link>
        </p>
      </div>
    </div>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
