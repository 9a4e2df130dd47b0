import type { Pipeline } from "@symbreak/trainer";
import { parameterCount } from "@symbreak/trainer";

/** What a pipeline is, in a few words. */
export interface NetworkDescription {
  readonly network: string;
  readonly parameters: number;
  /** The shape of one sample. */
  readonly sample: readonly number[];
  readonly classes: number | undefined;
  readonly scheduler: string;
}

/** The network and the noise it was trained for. */
export function describeNetwork({ model, scheduler }: Pipeline): NetworkDescription {
  const { _class_name: name, beta_schedule: betas, num_train_timesteps: steps } = scheduler ?? {};
  const { prediction_type: predicts = "epsilon" } = scheduler ?? {};
  const noise = betas === undefined ? `${name}` : `${name}, ${betas}, ${steps} steps, ${predicts}`;
  return {
    network: model.className,
    parameters: parameterCount(model),
    sample: model.shape,
    classes: model.labels,
    scheduler: scheduler === undefined ? "none stored" : noise,
  };
}
