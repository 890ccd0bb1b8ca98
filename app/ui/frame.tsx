import { Form, Link, NavLink, useLocation } from "@remix-run/react";
import { BookOpen, FileText, House, LogOut, Search, User, Users, Video } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Face } from "./face.tsx";
import { WaitsToBeSent } from "./waits-to-be-sent.tsx";

export interface Visitor {
  id: string;
  name: string;
  unread: number;
}

const PLACES = [
  { to: "/", key: "home", icon: House },
  { to: "/studios", key: "studios", icon: Users },
  { to: "/lessons", key: "prep", icon: FileText },
  { to: "/seminars", key: "seminars", icon: Video },
  { to: "/resources", key: "resources", icon: BookOpen },
] as const;

/** The frame around every page: the seal, the places, the search, and on a phone the five places at the bottom. */
export function Frame({ visitor, children }: { visitor: Visitor | null; children: ReactNode }) {
  const { t } = useTranslation();
  const { pathname, search } = useLocation();
  const query = pathname === "/resources" ? (new URLSearchParams(search).get("q") ?? "") : "";
  return (
    <>
      <a href="#content" className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:bg-sheet focus:p-3">{t("nav.skip")}</a>
      <header className="no-print flex h-[60px] items-center gap-3 border-b border-hairline bg-sheet px-4 md:gap-6 md:px-6">
        <Link to="/" aria-label={t("brand")} className="rounded-[4px] bg-cinnabar px-[0.34rem] py-[0.38rem] font-song text-[1.05rem] leading-none font-bold whitespace-nowrap text-on-cinnabar no-underline">同研</Link>
        <nav aria-label={t("nav.main")} className="hidden flex-1 gap-6 whitespace-nowrap md:flex">
          {PLACES.map((place) => (
            <NavLink key={place.key} to={place.to} end={place.to === "/"} className="border-b-2 border-transparent py-[17px] text-ink-2 no-underline aria-[current=page]:border-cinnabar aria-[current=page]:font-semibold aria-[current=page]:text-ink">
              {t(`nav.${place.key}`)}
            </NavLink>
          ))}
        </nav>
        <Form action="/resources" role="search" className="flex h-10 min-w-0 flex-1 items-center gap-2 rounded-full border border-rule bg-paper px-4 md:max-w-[340px]">
          <Search size={15} aria-hidden="true" className="shrink-0 text-ink-3" />
          <input key={query} type="search" name="q" defaultValue={query} maxLength={200} aria-label={t("search.label")} placeholder={t("search.placeholder")} className="w-full min-w-0 bg-transparent outline-none placeholder:text-ink-3" />
        </Form>
        {visitor ? (
          <>
            <Link to="/inbox" className="hidden text-small whitespace-nowrap text-ink-2 no-underline md:inline">
              {t("nav.inbox")} {visitor.unread > 0 && <b className="text-cinnabar">{visitor.unread > 99 ? "99+" : visitor.unread}</b>}
            </Link>
            <Link to="/me" aria-label={t("nav.me")} className="relative no-underline">
              <Face name={visitor.name} id={visitor.id} />
              {visitor.unread > 0 && <span className="absolute -top-1 -right-1 size-2.5 rounded-full bg-cinnabar md:hidden" />}
            </Link>
            <SignOut />
          </>
        ) : (
          <>
            <OtherLanguage back={pathname + search} />
            <Link to={pathname.startsWith("/sign-in") ? "/sign-in" : `/sign-in?back=${encodeURIComponent(pathname + search)}`} className="whitespace-nowrap">{t("account.signIn")}</Link>
          </>
        )}
      </header>
      {visitor && <WaitsToBeSent personId={visitor.id} />}
      <main id="content" tabIndex={-1} className="outline-none">{children}</main>
      <PhoneBar />
    </>
  );
}

/** On every page one press away, and without a script: a machine in a staff room is left by many. */
function SignOut() {
  const { t } = useTranslation();
  return (
    <Form method="post" action="/sign-out" reloadDocument className="-mr-3 md:mr-0">
      <button type="submit" className="inline-flex min-h-touch min-w-touch cursor-pointer items-center justify-center text-small whitespace-nowrap text-ink-2">
        <LogOut size={18} strokeWidth={1.5} aria-hidden="true" className="md:hidden" />
        <span className="max-md:sr-only">{t("account.signOut")}</span>
      </button>
    </Form>
  );
}

/** Visitors have no page of their own to choose a language on; its name is written in itself. */
function OtherLanguage({ back }: { back: string }) {
  const { t, i18n } = useTranslation();
  const other = i18n.language === "en" ? "zh-CN" : "en";
  return (
    <Form method="post" action="/preferences" reloadDocument>
      <input type="hidden" name="back" value={back} />
      <button type="submit" name="locale" value={other} lang={other} className="min-h-touch min-w-touch cursor-pointer text-small text-ink-2">{t(`preferences.${other}`)}</button>
    </Form>
  );
}

function PhoneBar() {
  const { t } = useTranslation();
  const places = [PLACES[0], PLACES[2], PLACES[3], PLACES[4], { to: "/me", key: "me", icon: User }] as const;
  return (
    <nav aria-label={t("nav.main")} className="no-print fixed inset-x-0 bottom-0 z-40 flex h-[60px] items-center justify-around border-t border-hairline bg-sheet text-[0.75rem] md:hidden" data-phone-bar>
      {places.map((place) => (
        <NavLink key={place.key} to={place.to} end={place.to === "/"} className="grid min-h-touch min-w-touch justify-items-center px-2 pt-1 leading-tight text-ink-2 no-underline aria-[current=page]:font-semibold aria-[current=page]:text-cinnabar">
          <place.icon size={21} strokeWidth={1.5} aria-hidden="true" />
          {t(`nav.${place.key}`)}
        </NavLink>
      ))}
    </nav>
  );
}
