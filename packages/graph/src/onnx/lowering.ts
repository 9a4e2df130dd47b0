import type { Tensor } from "../tensor.ts";

/** An ONNX attribute: whole numbers and text as they are, `{ float }` for a real number. */
export type Attribute = number | string | readonly number[] | { readonly float: number };

/** How one ONNX node is emitted, beside its type and inputs. */
interface Emission {
  readonly attributes?: Readonly<Record<string, Attribute>>;
  /** Empty for ONNX's own operators. */
  readonly domain?: string;
  /** How many outputs, 1 by default. */
  readonly outputs?: number;
}

/** What an operation's lowering writes to. Equal nodes are emitted once. */
export interface Lowering {
  /** The channels in a block of the blocked convolutions, from the probe; `undefined` for public operators only. */
  readonly block: number | undefined;
  /** The ONNX name of a value that is already lowered. */
  name(tensor: Tensor): string;
  /** Emits a node, and returns the names of its outputs. */
  emit(type: string, inputs: readonly string[], emission?: Emission): readonly string[];
  /** Emits a node with one output. */
  one(
    type: string,
    inputs: readonly string[],
    attributes?: Emission["attributes"],
    domain?: string,
  ): string;
  /** A constant 1-D int64 tensor: shapes, axes, pads. */
  integers(values: readonly number[]): string;
  /** A constant float32 scalar. */
  scalar(value: number): string;
  /** A constant with the data of a graph constant. */
  data(
    signature: { shape: readonly number[]; dtype: Tensor["dtype"] },
    values: ArrayLike<number>,
  ): string;
}
