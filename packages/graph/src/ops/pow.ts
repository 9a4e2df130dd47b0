import { applyOne, type Operation } from "../operation.ts";
import type { Tensor } from "../tensor.ts";
import { float } from "./checks.ts";
import { mul } from "./mul.ts";

/** The exponent is a fixed number. */
interface PowAttributes {
  readonly exponent: number;
}

/** x to a constant power, elementwise. */
export function pow(x: Tensor, exponent: number): Tensor {
  return exponent === 1 ? x : applyOne(powOp, [x], { exponent });
}

export const powOp: Operation<"pow", PowAttributes> = {
  name: "pow",
  outputs: ([x]) => [{ shape: float("pow", x!).shape, dtype: "float32" }],
  gradient: ({ inputs: [x], attributes: { exponent } }, [dy]) => [
    exponent === 0 ? undefined : mul(dy!, mul(pow(x!, exponent - 1), exponent)),
  ],
  lower: ({ inputs: [x], attributes: { exponent } }, to) => [
    to.one("Pow", [to.name(x!), to.scalar(exponent)]),
  ],
};
