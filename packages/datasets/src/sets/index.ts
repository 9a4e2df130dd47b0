export { loadMnist, type SetOptions } from "./mnist.ts";
export type { Split } from "./split.ts";
