export { type LoadedData, loadDataset } from "./load-dataset.ts";
export type { LoadOptions } from "./load-options.ts";
export { loadSplit } from "./load-split.ts";
