/** Readers of bytes that are in memory, without a file system: for pages and workers. */
export { DatasetError, type Fault } from "./dataset-error.ts";
export type { Range } from "./formats/array-bytes.ts";
export { type ArrayOptions, arrayImages, type Layout } from "./formats/array-images.ts";
export type { EncodedImage } from "./formats/encoded-image.ts";
export { npyBytes } from "./formats/npy-bytes.ts";
export { type IdxArray, parseIdx } from "./formats/parse-idx.ts";
export { type NpyArray, type NpyData, parseNpy } from "./formats/parse-npy.ts";
export { npzImages, parseNpz } from "./formats/parse-npz.ts";
export { type DecodeAll, type ParquetImages, parseParquet } from "./formats/parse-parquet.ts";
export type { Selection } from "./select/select.ts";
