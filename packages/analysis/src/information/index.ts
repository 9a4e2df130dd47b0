export * from "./even-levels.ts";
export {
  type InformationAt,
  type InformationPeak,
  type InformationWeight,
  informationAt,
  informationPeak,
} from "./information.ts";
export * from "./information-grid.ts";
export * from "./loss-curve.ts";
