import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { formOf } from "#app/http/form.server.ts";
import { refuse } from "#app/http/refusals.ts";
import { safeReturn } from "#app/http/viewer.server.ts";
import { demoPeople } from "#app/people/demo-people.server.ts";

/** POST enters the demonstration as one of its people. There is no such address anywhere else. */
export async function action({ request, context }: ActionFunctionArgs) {
  if (!context.site.demo) throw refuse("notThere");
  const form = await formOf(request.clone() as Request);
  const person = (await demoPeople(context.db)).find((one) => one.id === form.get("personId"));
  if (!person) throw refuse("notThere");
  throw redirect(safeReturn(form.get("back")), { headers: await context.sessions.open(request, person.id) });
}
