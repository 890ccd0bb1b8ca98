import { useTranslation } from "react-i18next";
import type { LessonPlace } from "#db/curriculum.ts";
import { useSay } from "../ui/say.ts";

/** 人教版 2013 五年级下册 · 第 4 单元 分数的意义和性质 */
export function usePlace(): (place: Pick<LessonPlace, "edition" | "editionYear" | "grade" | "volume" | "unitNo" | "unitTitle">) => string {
  const { t } = useTranslation();
  const book = useBook();
  return (place) => {
    const { grade, volume } = book(place);
    return t("place", { edition: place.edition, year: place.editionYear, grade, volume, no: place.unitNo, unit: place.unitTitle });
  };
}

/** Grade and volume in words. */
export function useBook() {
  const { t } = useTranslation();
  const say = useSay();
  return (book: { grade: number; volume: LessonPlace["volume"] }) => ({ grade: say(`common:grade.${book.grade}`), volume: t(`volume.${book.volume}`) });
}
