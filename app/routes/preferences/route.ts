import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import * as z from "zod";
import { writeCookie } from "#app/http/cookie.ts";
import { readForm, unprocessable } from "#app/http/form.server.ts";
import { ownPlace } from "#app/http/viewer.server.ts";
import { setPreferences } from "#db/people.ts";

const form = z.object({ locale: z.enum(["zh-CN", "en"]).optional(), theme: z.enum(["system", "light", "dark"]).optional(), back: z.string().optional() });

/** POST changes language or appearance: for the person where somebody is signed in, and on this device in any case. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { values, problems, typed } = await readForm(request, form);
  if (problems) return unprocessable(problems, typed);
  const viewer = await context.viewer();
  if (viewer) await setPreferences(context.db, viewer.id, { ...(values.locale && { locale: values.locale }), ...(values.theme && { theme: values.theme }) });
  const headers = new Headers();
  if (values.locale) headers.append("set-cookie", writeCookie(context.site.publicUrl, "locale", values.locale, 31_536_000));
  if (values.theme) headers.append("set-cookie", writeCookie(context.site.publicUrl, "theme", values.theme, 31_536_000));
  // The whole page has to be made again: its words are loaded once, by language.
  headers.set("x-remix-reload-document", "true");
  throw redirect(ownPlace(values.back), { headers });
}
