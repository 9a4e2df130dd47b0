import { checkData, type Data, dataOf, type Multiply } from "@symbreak/core";
import type { Classify } from "../cloning/classes.ts";
import { nearest } from "../neighbours/nearest-neighbours.ts";

/**
 * The nearest training sample as a class: with it `cloning` measures phi_C(t), the share of clones that end at one training
 * sample (Biroli et al. 2024), for which `threshold: 0.5` is the collapse.
 *
 * @example cloning({ …run, classify: nearestSample(training), threshold: 0.5 })
 */
export function nearestSample(
  data: Data,
  options: { readonly multiply?: Multiply } = {},
): Classify {
  checkData("nearestSample", data);
  return async (values) => {
    const found = await nearest("nearestSample", dataOf(values, data.shape), data, 1, options);
    return { labels: found.indices };
  };
}
