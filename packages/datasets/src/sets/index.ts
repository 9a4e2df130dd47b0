export { loadCifar10 } from "./cifar10.ts";
export { loadFashionMnist } from "./fashion-mnist.ts";
export { loadMnist } from "./mnist.ts";
export type { SetOptions, Split } from "./split.ts";
