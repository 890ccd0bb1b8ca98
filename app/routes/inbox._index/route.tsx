import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { requireViewer } from "#app/http/viewer.server.ts";
import { Button, LinkButton } from "#app/ui/button.tsx";
import { Empty } from "#app/ui/empty.tsx";
import { useSay } from "#app/ui/say.ts";
import { pageTitle } from "#app/ui/title.ts";
import { When } from "#app/ui/when.tsx";
import { listNotices } from "#db/notices.ts";

const PAGE = 30;

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, "消息", "Inbox");

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(context, request);
  const before = new URL(request.url).searchParams.get("before") ?? undefined;
  return { notices: await listNotices(context.db, viewer.id, { ...(before && { before }), limit: PAGE }) };
}

export default function Inbox() {
  const { t } = useTranslation("people");
  const { t: common } = useTranslation();
  const say = useSay();
  const { notices } = useLoaderData<typeof loader>();
  const last = notices.at(-1);
  return (
    <div className="page">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <h1>{t("inbox.title")}</h1>
        {notices.some((notice) => !notice.readAt) && (
          <Form method="post" action="/inbox/read">
            <Button weight="quiet" name="notice" value="all">{t("inbox.readAll")}</Button>
          </Form>
        )}
      </div>
      {notices.length === 0 ? (
        <div className="mt-6"><Empty title={t("inbox.empty")} /></div>
      ) : (
        <ul className="rows mt-5">
          {notices.map((notice) => (
            <li key={notice.id} className={notice.readAt ? "text-ink-2" : ""}>
              <span aria-hidden="true" className={`mt-2 size-2 shrink-0 rounded-full ${notice.readAt ? "bg-transparent" : "bg-cinnabar"}`} />
              <Form method="post" action="/inbox/read" className="min-w-0 flex-1">
                <input type="hidden" name="notice" value={notice.id} />
                <button type="submit" name="open" value={notice.href} className="min-h-touch w-full cursor-pointer text-left md:min-h-0">
                  <span className={notice.readAt ? "" : "font-medium"}>{say(`notices:${notice.kind}`, notice.params)}</span>
                  <span className="ml-3 text-small text-ink-3"><When at={notice.at} /></span>
                </button>
              </Form>
            </li>
          ))}
        </ul>
      )}
      {last && notices.length === PAGE && <p className="mt-4"><LinkButton to={`?before=${last.id}`}>{common("act.more")}</LinkButton></p>}
    </div>
  );
}

export { RefusalPage as ErrorBoundary } from "#app/ui/refusal-page.tsx";
