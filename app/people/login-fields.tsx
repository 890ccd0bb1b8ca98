import { useTranslation } from "react-i18next";
import type { Problems } from "../http/problems.ts";
import { Field } from "../ui/field.tsx";

/** Login and password of a new account. */
export function LoginFields({ problems, login }: { problems: Problems | undefined; login: string | undefined }) {
  const { t } = useTranslation("people");
  return (
    <>
      <Field name="login" label={t("signIn.login")} help={t("register.loginHelp")} problems={problems} defaultValue={login} autoComplete="username" required />
      <Field name="password" type="password" label={t("signIn.password")} help={t("register.passwordHelp")} problems={problems} autoComplete="new-password" minLength={8} required />
    </>
  );
}
