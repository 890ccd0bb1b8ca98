import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { formOf } from "#app/http/form.server.ts";
import { personFor } from "#app/people/access.server.ts";
import { confirmPerson } from "#app/people/confirm.server.ts";
import { requireViewer, safeReturn } from "#app/http/viewer.server.ts";

/** POST confirms that a teacher is who the account says. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const person = await personFor(context.db, viewer, "confirm", params.personId);
  const back = (await formOf(request)).get("back");
  await confirmPerson(context.db, viewer, person);
  if (back) throw redirect(safeReturn(back));
  throw redirect(person.schoolId ? `/schools/${person.schoolId}/teachers` : `/people/${person.id}`);
}
