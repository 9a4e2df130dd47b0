/** Sets that the zoo has a classifier of. */
const KNOWN: readonly string[] = ["mnist", "fashion-mnist", "cifar10"];

/** What tells where clones end: the zoo's classifier of a set where it has one, else the nearest image. */
export function defaultClassifier(dataset: string): string {
  return KNOWN.includes(dataset) ? `zoo:${dataset}-classifier` : "nearest";
}

/** What makes features of images: the zoo's classifier of a set where it has one, else EfficientNet-Lite0, which sees any. */
export function defaultExtractor(dataset: string): string {
  return KNOWN.includes(dataset) ? `zoo:${dataset}-classifier` : "lite0";
}
