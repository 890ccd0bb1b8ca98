import type { LoaderFunctionArgs } from "@remix-run/node";
import { schoolChoices } from "#app/people/school-choices.server.ts";

/** GET lists a county's schools, for the school picker. Open: people choose their school before they have an account. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  return schoolChoices(context.db, new URL(request.url).searchParams.get("county"));
}
