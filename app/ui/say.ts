import { useTranslation } from "react-i18next";

/** Says a sentence whose key came from the server (a problem, a notice): `room:key`. Keys written in the code use `useTranslation` and are checked by their type. */
export function useSay(): (key: string, params?: Record<string, string | number>) => string {
  const { t, i18n } = useTranslation();
  const report = i18n.reportNamespaces as { addUsedNamespaces(rooms: string[]): void } | undefined;
  const say = t as unknown as (key: string, params?: Record<string, string | number>) => string; // the key's own type ends at the wire
  return (key, params) => {
    if (key.includes(":")) report?.addUsedNamespaces([key.slice(0, key.indexOf(":"))]);
    return say(key, params);
  };
}
