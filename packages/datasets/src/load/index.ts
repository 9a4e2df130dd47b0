export { loadDataset } from "./load-dataset.ts";
export type { LoadOptions } from "./load-options.ts";
