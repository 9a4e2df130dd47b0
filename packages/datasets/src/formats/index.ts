export type { Range } from "./array-bytes.ts";
export type { ArrayOptions, Layout } from "./array-images.ts";
export { readNpy } from "./npy.ts";
export { npyBytes } from "./npy-bytes.ts";
export { readNpz } from "./npz.ts";
export { type NpzEntry, npzBytes } from "./npz-bytes.ts";
export type { NpyArray, NpyData } from "./parse-npy.ts";
