import { expect, test } from "vitest";
import * as z from "zod";
import { formOf, readForm } from "#app/http/form.server.ts";
import { LONGEST_FORM } from "#app/http/longest-form.ts";
import { requireViewer } from "#app/http/viewer.server.ts";
import { stranger } from "#tests/people.ts";

/** A form of which the end comes when it is let. */
function aSlowForm(headers: Record<string, string> = {}) {
  let end = () => undefined as void;
  const body = new ReadableStream<Uint8Array>({
    start(line) {
      line.enqueue(new TextEncoder().encode("title=%E5%88%86%E6%95%B0&"));
      end = () => {
        line.enqueue(new TextEncoder().encode("note=x"));
        line.close();
      };
    },
  });
  const request = new Request("http://localhost:3000/", { method: "POST", body, duplex: "half", headers: { "content-type": "application/x-www-form-urlencoded", ...headers } } as RequestInit); // the types do not know `duplex` yet
  return { request, end };
}

test("a form whose end is held back acts by the rights of its end: who was removed or signed out meanwhile does nothing by it", async () => {
  let signedIn = true;
  const context = { viewer: async () => (signedIn ? stranger("01JTEACHER0000000000000000") : null) };
  const { request, end } = aSlowForm();
  const acting = requireViewer(context, request).catch((refused: Response) => refused.status);
  await new Promise((resolve) => setTimeout(resolve, 20));
  signedIn = false;
  end();
  expect(await acting).toBe(401);

  signedIn = true;
  const honest = aSlowForm();
  setTimeout(honest.end, 20);
  expect(await requireViewer(context, honest.request)).toMatchObject({ id: "01JTEACHER0000000000000000" });
  expect(await readForm(honest.request, z.object({ title: z.string(), note: z.string() }))).toMatchObject({ values: { title: "分数", note: "x" } });
});

test("a form that is longer than any is not one, so that nobody escapes by it", async () => {
  const { request } = aSlowForm({ "content-length": String(LONGEST_FORM + 1) });
  await expect(formOf(request)).rejects.toMatchObject({ status: 400 });
});
