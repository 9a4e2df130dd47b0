import {
  dotKernel,
  FLOAT32,
  FLOAT64,
  INT16,
  RELAXED32,
  TILE_COLUMNS,
  TILE_ROWS,
} from "./dot-kernel.ts";
import { isSupported, kernelsOf } from "./instantiate.ts";

const instantiate = kernelsOf(() => ({
  dotInt16: dotKernel(INT16),
  dotFloat32: dotKernel(isSupported(dotKernel(RELAXED32)) ? RELAXED32 : FLOAT32),
  dotFloat64: dotKernel(FLOAT64),
}));

/** The rows of b that one pass keeps in a processor's second-level cache, in bytes; fewer waste less of a triangle. */
const PANEL = { rectangle: 1 << 17, triangle: 1 << 16 };

type Operands = Int16Array | Float32Array | Float64Array;

/** A reusable product c += a bᵀ of rows that lie next to each other: fill `a` and `b`, call `run`, read `c`. */
export interface DotProducts<Element extends Operands> {
  /** Row i starts at `i · stride`; what is beyond `inner` must stay 0. */
  readonly a: Element;
  /** As `a`; the same array when the product is symmetric. */
  readonly b: Element;
  readonly stride: number;
  /** Row i starts at `i · cStride`. */
  readonly c: Element extends Int16Array ? Int32Array : Element;
  readonly cStride: number;
  /** Adds the products of the first `rows` and `columns` (default all) to c; of a symmetric product those with column ≥ row. */
  run(rows?: number, columns?: number): void;
}

/**
 * Sums of products of 16-bit integers, rows × columns, exact while they stay below 2³¹ (bytes: inner ≤ 33,000).
 *
 * One thread of a 2026 server gives some 20 billion products a second. Without `columns` the product is symmetric: b = a.
 */
export function int16Products(
  rows: number,
  inner: number,
  columns?: number,
): DotProducts<Int16Array> {
  return dotProducts(Int16Array, Int32Array, "dotInt16", rows, inner, columns);
}

/**
 * The same in single precision: more than twice as fast as in double, each sum off by at most (inner/4 + 4)·2⁻²⁴ Σ|a b|. The
 * last bits are the processor's own: for what is measured again afterwards, not for results.
 */
export function float32Products(
  rows: number,
  inner: number,
  columns?: number,
): DotProducts<Float32Array> {
  return dotProducts(Float32Array, Float32Array, "dotFloat32", rows, inner, columns);
}

/** The same in double precision: some 6 billion products a second. */
export function float64Products(
  rows: number,
  inner: number,
  columns?: number,
): DotProducts<Float64Array> {
  return dotProducts(Float64Array, Float64Array, "dotFloat64", rows, inner, columns);
}

interface View<T> {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBuffer, offset: number, length: number): T;
}

function dotProducts<E extends Operands, S extends Int32Array | Float32Array | Float64Array>(
  Operand: View<E>,
  Sum: View<S>,
  kernel: "dotInt16" | "dotFloat32" | "dotFloat64",
  rows: number,
  inner: number,
  columns: number | undefined,
): DotProducts<E> {
  const symmetric = columns === undefined;
  const stride = roundUp(inner, 16 / Operand.BYTES_PER_ELEMENT);
  const aRows = roundUp(rows, TILE_ROWS);
  const bRows = roundUp(columns ?? aRows, TILE_COLUMNS);
  const rowBytes = stride * Operand.BYTES_PER_ELEMENT;
  const outBytes = bRows * Sum.BYTES_PER_ELEMENT;
  const bStart = symmetric ? 0 : aRows * rowBytes;
  const cStart = bStart + bRows * rowBytes;
  const { kernels, buffer } = instantiate(cStart + aRows * outBytes);
  const atOnce = PANEL[symmetric ? "triangle" : "rectangle"];
  const panel = roundUp(Math.max(1, Math.floor(atOnce / rowBytes)), TILE_ROWS);

  const run = (height = aRows, width = symmetric ? height : bRows): void => {
    const last = roundUp(width, TILE_COLUMNS);
    for (let first = 0; first < last; first += panel) {
      const end = Math.min(first + panel, last);
      const to = roundUp(symmetric ? Math.min(end, height) : height, TILE_ROWS);
      const [b, c] = [bStart + first * rowBytes, cStart + first * Sum.BYTES_PER_ELEMENT];
      kernels[kernel](0, b, c, to, end - first, rowBytes, outBytes);
    }
  };
  return {
    a: new Operand(buffer, 0, aRows * stride),
    b: new Operand(buffer, bStart, bRows * stride),
    stride,
    c: new Sum(buffer, cStart, aRows * bRows) as unknown as DotProducts<E>["c"],
    cStride: bRows,
    run,
  };
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}
