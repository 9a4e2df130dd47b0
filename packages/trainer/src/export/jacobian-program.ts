import { input, jvp, type Program, program, vjp } from "@symbreak/graph";
import type { Model } from "../model.ts";

/** J v, or Jᵀ v. */
export type JacobianSide = "product" | "transposed";

/**
 * The Jacobian J of a network's output with respect to `sample`, times a vector, as a program for `batch` samples:
 * inputs are those of the network and `vector` [batch, ...shape]; the output is `product`, J v or Jᵀ v.
 */
export function jacobianProgram(model: Model, side: JacobianSide, batch: number): Program {
  const parameters = Object.fromEntries(
    model.parameters.map(({ name, shape }) => [name, input(name, shape)]),
  );
  const sample = input("sample", [batch, ...model.shape]);
  const vector = input("vector", [batch, ...model.shape]);
  const output = model.apply(parameters, sample, input("timestep", [batch]));
  const times = side === "product" ? jvp : vjp;
  const [product] = times([output], [sample], [vector]);
  return program({ product: product! });
}
