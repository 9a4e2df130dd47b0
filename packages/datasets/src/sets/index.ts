export { loadCifar10 } from "./cifar10.ts";
export { type DatasetName, isDatasetName } from "./datasets.ts";
export { loadFashionMnist } from "./fashion-mnist.ts";
export { type DatasetEntry, listDatasets } from "./list-datasets.ts";
export { loadMnist } from "./mnist.ts";
export type { SetOptions, Split } from "./split.ts";
