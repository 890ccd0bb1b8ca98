import type { DemoPlan } from "#server/demo/content/plan.ts";
import { circumference } from "#server/demo/content/plans/circumference.ts";
import { decimalMeaning } from "#server/demo/content/plans/decimal-meaning.ts";
import { distributiveLaw } from "#server/demo/content/plans/distributive-law.ts";
import { eggBox } from "#server/demo/content/plans/egg-box.ts";
import { elevenToTwenty } from "#server/demo/content/plans/eleven-to-twenty.ts";
import { firstAngles } from "#server/demo/content/plans/first-angles.ts";
import { foldedFractions } from "#server/demo/content/plans/folded-fractions.ts";
import { fractionAgain } from "#server/demo/content/plans/fraction-again.ts";
import { fractionMeaning } from "#server/demo/content/plans/fraction-meaning.ts";
import { halfToFraction } from "#server/demo/content/plans/half-to-fraction.ts";
import { lettersForNumbers } from "#server/demo/content/plans/letters-for-numbers.ts";
import { lineChart } from "#server/demo/content/plans/line-chart.ts";
import { parallelogramArea } from "#server/demo/content/plans/parallelogram-area.ts";
import { polygonsReview } from "#server/demo/content/plans/polygons-review.ts";
import { ratioMeaning } from "#server/demo/content/plans/ratio-meaning.ts";
import { teensMinus } from "#server/demo/content/plans/teens-minus.ts";
import { treePlanting } from "#server/demo/content/plans/tree-planting.ts";
import { triangleAngles } from "#server/demo/content/plans/triangle-angles.ts";
import { whatIsArea } from "#server/demo/content/plans/what-is-area.ts";

export const demoPlans: readonly DemoPlan[] = [
  fractionMeaning,
  parallelogramArea,
  lettersForNumbers,
  circumference,
  halfToFraction,
  whatIsArea,
  distributiveLaw,
  triangleAngles,
  decimalMeaning,
  lineChart,
  elevenToTwenty,
  firstAngles,
  treePlanting,
  ratioMeaning,
  fractionAgain,
  eggBox,
  foldedFractions,
  teensMinus,
  polygonsReview,
];
