import { RemixBrowser } from "@remix-run/react";
import { type ReactNode, startTransition, StrictMode, useEffect } from "react";
import { hydrateRoot } from "react-dom/client";
import { I18nextProvider } from "react-i18next";
import { isLocale, wordsOf } from "./i18n/i18n.ts";
import { ROOMS_ID } from "./i18n/rooms.ts";
import { hearFaults, RequestNumber } from "./ui/fault-number.ts";
import { Nonce } from "./ui/nonce.ts";

/** One piece for each room of words and language. */
const rooms = import.meta.glob<{ default: Record<string, unknown> }>(["./i18n/zh-CN/*.ts", "./i18n/en/*.ts", "!**/index.ts"]);
const roomNames = [...new Set(Object.keys(rooms).map((path) => path.replace(/^.*\/|\.ts$/g, "")))];

const lang = document.documentElement.lang;
const locale = isLocale(lang) ? lang : "zh-CN";
const readRoom = async (room: string) => (await rooms[`./i18n/${locale}/${room}.ts`]?.())?.default ?? {};
const asked = JSON.parse(document.getElementById(ROOMS_ID)?.textContent || '["common"]') as string[]; // written by the root
const first = Object.fromEntries(await Promise.all(asked.map(async (room) => [room, await readRoom(room)] as const)));
const words = wordsOf(locale, first, readRoom);

/** Until the rest of the words is here, links and forms do what they do without script: the next page brings its own. */
let whole = false;
for (const kind of ["click", "submit"] as const) {
  window.addEventListener(kind, (event) => {
    const leads = event.target instanceof Element && (kind === "submit" || event.target.closest("a[href]"));
    if (leads && !whole) event.stopPropagation();
  }, true);
}

hearFaults();

const nonce = document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce ?? "";

/** What people chose on a slow line before the scripts came: React would put every `select` back to how the page was sent. */
const chosen = [...document.querySelectorAll("select")].map((select) => ({ select, value: select.value }));

function BeginWhereThePageIs({ children }: { children: ReactNode }) {
  useEffect(() => {
    void words.loadNamespaces(roomNames, (error) => void (whole = !error));
    for (const { select, value } of chosen.splice(0)) {
      if (select.value === value) continue;
      select.value = value;
      select.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }, []);
  return children;
}

startTransition(() => {
  hydrateRoot(
    document,
    <StrictMode>
      <Nonce.Provider value={nonce}>
        <I18nextProvider i18n={words}>
          <RequestNumber.Provider value={document.documentElement.dataset.fault}>
            <BeginWhereThePageIs>
              <RemixBrowser />
            </BeginWhereThePageIs>
          </RequestNumber.Provider>
        </I18nextProvider>
      </Nonce.Provider>
    </StrictMode>,
  );
});
