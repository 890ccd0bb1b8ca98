import { useTranslation } from "react-i18next";

/** Says a facet's value in the page's language: kinds, grades, subjects and stages by their words, regions by their names, the rest as it is. */
export function useFacetWords(regions: readonly { code: string; name: string }[]): (facet: string, value: string) => string {
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
        return regions.find((region) => region.code === value)?.name ?? value;
      default:
        return value;
    }
  };
}
