/** The title of a page as browsers show it, in the language of the page. `matches` come from a route's `meta`. */
export function pageTitle(matches: readonly { id: string; data: unknown }[], zh: string, en: string): [{ title: string }] {
  const root = matches.find((match) => match.id === "root")?.data as { locale?: string } | undefined; // the root's own loader
  return [{ title: root?.locale === "en" ? `${en} · Tongyan` : `${zh} · 同研` }];
}
