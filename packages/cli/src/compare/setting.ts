import { type DataMoments, type Extractor, moments } from "@symbreak/analysis";
import { describeUnits } from "@symbreak/core";
import { describe } from "@symbreak/datasets";
import { type NetworkRequest, type NetworkSetting, openNetwork } from "../network/open-network.ts";
import { openExtractor } from "./extractor.ts";

/** A network, its data, and what samples are held against. */
export interface Setting extends NetworkSetting {
  /** As it was asked for. */
  readonly network: string;
  readonly moments: DataMoments;
  readonly extractor: Extractor;
}

/** What to open. */
export interface SettingRequest extends NetworkRequest {
  readonly extractor: string;
  /** Images that distances are measured from. */
  readonly real: number;
}

/** Loads the network and the data, and opens what makes features of them. */
export async function openSetting(request: SettingRequest): Promise<Setting> {
  const opened = await openNetwork(request);
  const { set } = opened;
  const found = await moments(set);
  const extractor = await openExtractor(request.extractor, { set, moments: found });
  return { ...opened, network: request.network, moments: found, extractor };
}

/** What the numbers were made with, in words. */
export function describeSetting(setting: Setting): Record<string, string> {
  const { network, runtime, set, extractor, unseen } = setting;
  return {
    network: `${network}, on ${runtime}`,
    data: describe(set),
    scale: describeUnits(set.units),
    features: extractor.description,
    unseen: unseen ? describe(unseen) : "no test split",
  };
}
