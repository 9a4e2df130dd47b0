export { fetchDataset } from "./fetch-dataset.ts";
export type { Progress } from "./progress.ts";
