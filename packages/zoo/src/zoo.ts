import type { LoadModel, Model } from "./model.ts";

/** The name of a model of the zoo. */
export type ModelName =
  | "cifar10-classifier"
  | "fashion-mnist-classifier"
  | "fashion-mnist"
  | "lite0"
  | "mnist-1-8"
  | "mnist-classifier"
  | "mnist";

/** Each model by name; a module of its own, so that only what is asked for is loaded. */
const MODELS: Readonly<Record<ModelName, LoadModel>> = {
  "cifar10-classifier": async () => (await import("./models/cifar10-classifier.ts")).load(),
  "fashion-mnist-classifier": async () =>
    (await import("./models/fashion-mnist-classifier.ts")).load(),
  "fashion-mnist": async () => (await import("./models/fashion-mnist.ts")).load(),
  lite0: async () => (await import("./models/lite0.ts")).load(),
  "mnist-1-8": async () => (await import("./models/mnist-1-8.ts")).load(),
  "mnist-classifier": async () => (await import("./models/mnist-classifier.ts")).load(),
  mnist: async () => (await import("./models/mnist.ts")).load(),
};

/** The models there are. */
export const MODEL_NAMES: readonly ModelName[] = Object.keys(MODELS) as ModelName[];

/**
 * A model by its name. Where the name is known when a page is built, take its own entry instead, and the bundle has no other
 * model's files: `import { load } from "@symbreak/zoo/mnist"`.
 *
 * @throws RangeError naming what there is, for an unknown name
 * @throws Error when the card cannot be read
 * @example const { card, weights, moments } = await loadModel("mnist");
 */
export async function loadModel(name: string): Promise<Model> {
  if (!Object.hasOwn(MODELS, name))
    throw new RangeError(
      `loadModel: name must be one of ${MODEL_NAMES.join(", ")}, got ${JSON.stringify(name)}`,
    );
  return MODELS[name as ModelName]();
}
