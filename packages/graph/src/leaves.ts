import { invalid } from "./invalid.ts";
import { applyOne, type Operation } from "./operation.ts";
import { type DType, type Shape, sizeOf, type Tensor } from "./tensor.ts";

/** What an input is: its name within a program. */
export interface InputAttributes {
  readonly name: string;
  readonly shape: Shape;
  readonly dtype: DType;
}

/** A constant's values, row-major; kept in the precision they came in. */
export interface ConstantAttributes {
  readonly values: ArrayLike<number>;
  readonly shape: Shape;
  readonly dtype: DType;
}

/** A value fed at run time: data, parameters, optimiser state. Two inputs of one program have different names. */
export function input(name: string, shape: Shape, dtype: DType = "float32"): Tensor {
  checkShape("input", shape);
  return applyOne(inputOp, [], { name, shape, dtype });
}

/** A fixed value: a number (a scalar), or row-major values of the given shape. */
export function constant(
  values: number | ArrayLike<number>,
  shape?: Shape,
  dtype: DType = "float32",
): Tensor {
  const data = typeof values === "number" ? [values] : values;
  const as = shape ?? (typeof values === "number" ? [] : [values.length]);
  checkShape("constant", as);
  if (data.length !== sizeOf(as)) {
    throw invalid("constant", "the values must fill the shape", { values: data.length, shape: as });
  }
  if (dtype === "int32" && !Array.prototype.every.call(data, Number.isInteger)) {
    throw invalid("constant", "int32 values must be whole", { values: Array.from(data) });
  }
  return applyOne(constantOp, [], { values: data, shape: as, dtype });
}

export const inputOp: Operation<"input", InputAttributes> = {
  name: "input",
  outputs: (_, { shape, dtype }) => [{ shape, dtype }],
  lower: (node) => [node.attributes.name],
};

export const constantOp: Operation<"constant", ConstantAttributes> = {
  name: "constant",
  outputs: (_, { shape, dtype }) => [{ shape, dtype }],
  lower: ({ attributes }, to) => [to.data(attributes, attributes.values)],
};

function checkShape(op: string, shape: Shape): void {
  if (shape.every((n) => Number.isSafeInteger(n) && n > 0)) return;
  throw invalid(op, "every axis must have a whole, positive size", { shape });
}
