import { dotKernel, FLOAT64, INT16 } from "./dot-kernel.ts";
import { scatterKernel } from "./scatter-kernel.ts";
import { wasmModule } from "./wasm.ts";

/** The one part of WebAssembly's interface that we use; the es2023 library does not describe it. */
declare const WebAssembly: {
  Memory: new (limits: { initial: number }) => { readonly buffer: ArrayBuffer };
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

type Dot = (
  a: number,
  b: number,
  c: number,
  rows: number,
  columns: number,
  rowBytes: number,
  outBytes: number,
) => void;

export interface Kernels {
  readonly dotInt16: Dot;
  readonly dotFloat64: Dot;
  readonly scatter: (
    x: number,
    w: number,
    out: number,
    rows: number,
    rowBytes: number,
    shift: number,
  ) => void;
}

const PAGE = 65536;
let compiled: object | undefined;

/** The kernels over a fresh memory of at least `bytes` zeros, which lives as long as what is returned. */
export function instantiate(bytes: number): { kernels: Kernels; buffer: ArrayBuffer } {
  compiled ??= new WebAssembly.Module(
    wasmModule({
      dotInt16: dotKernel(INT16),
      dotFloat64: dotKernel(FLOAT64),
      scatter: scatterKernel(),
    }),
  );
  const memory = new WebAssembly.Memory({ initial: Math.max(1, Math.ceil(bytes / PAGE)) });
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  return { kernels: exports as Kernels, buffer: memory.buffer };
}
