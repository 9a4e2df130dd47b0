import type { Model } from "../model.ts";
import type { ResolvedConfig } from "./config.ts";

/** The share of samples whose class a run keeps from its network. */
export function dropLabelsOf({ objective }: Pick<ResolvedConfig, "objective">): number {
  return objective.name === "classification" ? 0 : objective.dropLabels;
}

/** The label that stands for no class in a run's network: its last, where labels are dropped. */
export function noClassOf(
  config: Pick<ResolvedConfig, "objective">,
  { labels }: Pick<Model, "labels">,
): number | undefined {
  return labels === undefined || dropLabelsOf(config) === 0 ? undefined : labels - 1;
}
