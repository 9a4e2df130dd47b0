import type { Candidate } from "../select.ts";
import { tfjsEngine } from "./engine.ts";
import type { TensorFlow } from "./tensorflow.ts";

/** TensorFlow.js on WebAssembly. */
export const tfjsWasm: Candidate = {
  name: "tfjs-wasm",
  install: "install it with: npm install @tensorflow/tfjs-core @tensorflow/tfjs-backend-wasm",
  open: async () => {
    const tf: TensorFlow = await import("@tensorflow/tfjs-core");
    const { version_wasm } = await import("@tensorflow/tfjs-backend-wasm");
    const description = `tfjs-wasm ${version_wasm}, CPU, 1 thread`;
    return tfjsEngine(tf, { name: "tfjs-wasm", backend: "wasm", description });
  },
};

/** TensorFlow.js in plain JavaScript: for tiny networks, and to check the others by. */
export const tfjsCpu: Candidate = {
  name: "tfjs-cpu",
  install: "install it with: npm install @tensorflow/tfjs-core @tensorflow/tfjs-backend-cpu",
  open: async () => {
    const tf: TensorFlow = await import("@tensorflow/tfjs-core");
    const { version_cpu } = await import("@tensorflow/tfjs-backend-cpu");
    const description = `tfjs-cpu ${version_cpu}, plain JavaScript, 1 thread: hundreds of times slower than the others`;
    return tfjsEngine(tf, { name: "tfjs-cpu", backend: "cpu", description });
  },
};
