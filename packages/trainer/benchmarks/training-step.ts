import {
  add,
  div,
  gradients,
  input,
  mean,
  mul,
  type Program,
  pack,
  program,
  sizeOf,
  sqrt,
  sub,
  type Tensor,
  unpack,
} from "@symbreak/graph";
import type { StepConfig } from "../../graph/scripts/training-step.ts";
import { unet, unetShapes } from "../../graph/scripts/unet.ts";
import type { CompileOptions } from "../src/engines/index.ts";

/** graph's U-Net and Adam as one step, and cut in two for data-parallel workers. */
export function parallelStep(
  config: StepConfig,
): { program: Program } & Required<Pick<CompileOptions, "parallel">> {
  const { image, size } = config;
  const shapes = unetShapes(config);
  const count = Object.values(shapes).reduce((sum, shape) => sum + sizeOf(shape), 0);
  const losses = (batch: number) => {
    const parameters = input("parameters", [count]);
    const weights = unpack(parameters, shapes);
    const x = input("x", [batch, image, size, size]);
    const error = sub(unet(weights, x, input("t", [batch]), config), input("noise", x.shape));
    const loss = mean(mul(error, error));
    return { parameters, loss, gradient: pack(gradients(loss, Object.values(weights))) };
  };
  const adam = (parameters: Tensor, gradient: Tensor): Record<string, Tensor> => {
    const m = add(mul(input("m", [count]), 0.9), gradient);
    const v = add(mul(input("v", [count]), 0.999), mul(gradient, gradient));
    const step = mul(div(m, add(sqrt(v), input("epsilon", []))), input("rate", []));
    return { "next.parameters": sub(parameters, step), "next.m": m, "next.v": v };
  };
  const { parameters, loss, gradient } = losses(config.batch);
  return {
    program: program({ loss, ...adam(parameters, gradient) }),
    parallel: (shards) => {
      if (config.batch % shards !== 0) return undefined;
      const { loss, gradient } = losses(config.batch / shards);
      return {
        gradients: program({ loss, gradient }),
        update: program(adam(input("parameters", [count]), input("gradient", [count]))),
      };
    },
  };
}
