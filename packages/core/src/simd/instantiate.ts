import { type WasmFunction, wasmModule } from "./wasm.ts";

/** The one part of WebAssembly's interface that we use; the es2023 library does not describe it. */
declare const WebAssembly: {
  Memory: new (limits: { initial: number }) => { readonly buffer: ArrayBuffer };
  Module: new (bytes: Uint8Array) => object;
  validate(bytes: Uint8Array): boolean;
  Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

/** Functions of numbers over one memory. */
export interface Kernels<Name extends string> {
  readonly kernels: Readonly<Record<Name, (...args: readonly number[]) => void>>;
  readonly buffer: ArrayBuffer;
}

const PAGE = 65536;

/**
 * The given kernels over a fresh memory of at least so many zero bytes, which lives as long as what is returned; compiled at the
 * first call. Chrome's main thread compiles at once only modules of up to 4 kB: keep each so small.
 */
export function kernelsOf<Name extends string>(
  functions: () => Readonly<Record<Name, WasmFunction>>,
): (bytes: number) => Kernels<Name> {
  let compiled: object | undefined;
  return (bytes) => {
    compiled ??= new WebAssembly.Module(wasmModule(functions()));
    const memory = new WebAssembly.Memory({ initial: Math.max(1, Math.ceil(bytes / PAGE)) });
    const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
    return { kernels: exports as Kernels<Name>["kernels"], buffer: memory.buffer };
  };
}

/** Whether this runtime knows the instructions of a function. */
export function isSupported(kernel: WasmFunction): boolean {
  return WebAssembly.validate(wasmModule({ kernel }));
}
