import {
  classifications,
  type DataMoments,
  type Judged,
  moments,
  type QualityReference,
} from "@symbreak/analysis";
import { type Data, describeUnits, type Multiply, takeSamples } from "@symbreak/core";
import { describe } from "@symbreak/datasets";
import { matrixEngine } from "../engine/matrix-engine.ts";
import { type NetworkRequest, type NetworkSetting, openNetwork } from "../network/open-network.ts";
import { pick } from "../pick.ts";
import { type Extractor, openExtractor } from "./extractor.ts";

/** A network, its data, and what samples are held against. */
export interface Setting extends NetworkSetting {
  /** As it was asked for. */
  readonly network: string;
  readonly moments: DataMoments;
  readonly extractor: Extractor;
  readonly reference: QualityReference;
  /** What the features say of the unseen images, as a perfect generator would draw them. */
  readonly unseenJudged?: Judged;
}

/** What to open. */
export interface SettingRequest extends NetworkRequest {
  readonly extractor: string;
  /** Images that distances are measured from. */
  readonly real: number;
}

/** Most images of the test split that are looked at. */
const UNSEEN = 10_000;

/** Loads the network and the data, and makes the features of real images. */
export async function openSetting(request: SettingRequest): Promise<Setting> {
  const opened = await openNetwork(request);
  const { set, unseen } = opened;
  const found = await moments(set);
  const extractor = await openExtractor(request.extractor, { set, moments: found });
  const { multiply } = await matrixEngine();
  const unseenJudged = unseen && (await extractor.judge(some(unseen, UNSEEN)));
  return {
    ...opened,
    network: request.network,
    moments: found,
    extractor,
    reference: await referenceOf(set, request.real, extractor, multiply),
    ...(unseenJudged && { unseenJudged }),
  };
}

async function referenceOf(
  set: Data,
  count: number,
  extractor: Extractor,
  multiply: Multiply,
): Promise<QualityReference> {
  const { features, logits } = await extractor.judge(some(set, count));
  // The classifier's own names of the real images, so that its slips count on both sides.
  const even = extractor.classes.map(() => 1);
  const classes = logits && classifications(logits, even).histogram;
  return { extractor: extractor.name, features, multiply, ...(classes && { classes }) };
}

/** At most so many images of a set, from all over it. */
function some(set: Data, count: number): Data {
  return takeSamples(set, pick(set.count, count));
}

/** What the numbers were made with, in words. */
export function describeSetting(setting: Setting): Record<string, string> {
  const { network, runtime, set, extractor, reference, unseen } = setting;
  return {
    network: `${network}, on ${runtime}`,
    data: describe(set),
    scale: describeUnits(set.units),
    features: extractor.description,
    reference: `${reference.features.count} of these images`,
    unseen: unseen ? describe(unseen) : "no test split",
  };
}
