import { useTranslation } from "react-i18next";

/** Says a facet's value in the page's language: kinds, grades, subjects and stages by their words, regions by their names, the rest as it is. */
export function useFacetWords(regionNames: Record<string, string>): (facet: string, value: string) => string {
  const { t } = useTranslation("resources");
  const { t: common } = useTranslation();
  return (facet, value) => {
    switch (facet) {
      case "kind":
        return t(`kind.${value as "lesson_plan"}`);
      case "grade":
      case "subject":
      case "stage":
        return common(`${facet}.${value}` as "stage.primary");
      case "region":
        return regionNames[value] ?? value;
      default:
        return value;
    }
  };
}
