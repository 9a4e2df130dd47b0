import { createRequire } from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";
import util from "node:util";
import type { Engine } from "../../engines/engine.ts";
import type { Candidate } from "../../engines/select.ts";
import { tfjsEngine } from "../../engines/tfjs/engine.ts";
import type { TensorFlow } from "../../engines/tfjs/tensorflow.ts";

type Package = "tfjs-node" | "tfjs-node-gpu";

/** TensorFlow on an NVIDIA GPU. A GPU that TensorFlow does not use makes it unavailable: `tfjs-node` is for CPUs. */
export const tfjsNodeGpu: Candidate = {
  name: "tfjs-node-gpu",
  install: installation("tfjs-node-gpu"),
  open: () => open("tfjs-node-gpu"),
};

/** TensorFlow on the CPU. */
export const tfjsNode: Candidate = {
  name: "tfjs-node",
  install: installation("tfjs-node"),
  open: () => open("tfjs-node"),
};

function installation(name: Package): string {
  return `install it with: npm install @tensorflow/${name}, or, where that cannot download, with this package's scripts/tfjs-from-wheel.sh ${name}`;
}

/** The parts of tfjs-node's backend that tell what it runs on. */
interface NodeBackend {
  readonly isUsingGpuDevice: boolean;
  readonly binding: { readonly TF_Version: string };
}

async function open(name: Package): Promise<Engine> {
  const tf = await load(name);
  const { isUsingGpuDevice, binding } = backendOf(tf);
  const device = isUsingGpuDevice ? "GPU" : "CPU";
  const description = `${name}, TensorFlow ${binding.TF_Version}, ${device}`;
  return tfjsEngine(tf, { name, backend: BACKEND, description });
}

const BACKEND = "tensorflow";

function backendOf(tf: TensorFlow): NodeBackend {
  return tf.findBackend(BACKEND) as unknown as NodeBackend;
}

const loading = new Map<Package, Promise<TensorFlow>>();

/** Loads each package once: its backend registers itself when it is loaded, and never again. */
function load(name: Package): Promise<TensorFlow> {
  const known = loading.get(name) ?? loadOnce(name);
  loading.set(name, known);
  return known;
}

async function loadOnce(name: Package): Promise<TensorFlow> {
  restoreRemovedUtilities();
  // TensorFlow's own words on every start, unless they are asked for; and results that can be repeated.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= "2";
  process.env.TF_DETERMINISTIC_OPS ??= "1";
  const tf = require_(name);
  // No warnings of the kernels that other copies of TensorFlow.js register again.
  tf.enableProdMode();
  await tf.ready();
  const { isUsingGpuDevice, binding } = backendOf(tf);
  if (name === "tfjs-node-gpu" && !isUsingGpuDevice) {
    tf.removeBackend(BACKEND);
    throw new Error(
      `TensorFlow ${binding.TF_Version} is there and finds no GPU (TF_CPP_MIN_LOG_LEVEL=0 shows its reasons)`,
    );
  }
  return tf;
}

/** tfjs-node 4.22.0 calls what Node 23 took out of `node:util`, and what older versions warn of. */
function restoreRemovedUtilities(): void {
  const utilities = util as unknown as Record<string, unknown>;
  utilities.isArray = Array.isArray;
  utilities.isNullOrUndefined = (value: unknown) => value === null || value === undefined;
}

/** The package beside this one, or in $SYMBREAK_TFJS_NODE, or where tfjs-from-wheel.sh puts it. */
function require_(name: Package): TensorFlow {
  const { SYMBREAK_TFJS_NODE, SYMBREAK_CACHE, XDG_CACHE_HOME } = process.env;
  const cache = SYMBREAK_CACHE ?? join(XDG_CACHE_HOME ?? join(homedir(), ".cache"), "symbreak");
  const places = [
    import.meta.url,
    ...(SYMBREAK_TFJS_NODE ? [join(SYMBREAK_TFJS_NODE, "package.json")] : []),
    join(cache, name, "package.json"),
  ];
  let reason: unknown;
  for (const place of places) {
    try {
      return createRequire(place)(`@tensorflow/${name}`) as TensorFlow;
    } catch (error) {
      // That one place lacks it says less than that another has it and it does not run.
      const absent = (error as { code?: string }).code === "MODULE_NOT_FOUND";
      if (reason === undefined || !absent) reason = error;
    }
  }
  throw reason;
}
