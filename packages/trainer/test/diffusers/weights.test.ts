import { expect, test } from "vitest";
import { tensorsOf, weightsOf } from "../../src/diffusers/weights.ts";
import { SMALL_DDPM_MNIST } from "../../src/models/presets.ts";
import { unet2d } from "../../src/models/unet2d/unet2d.ts";
import { noisyWeights } from "../leaves.ts";

const model = unet2d(SMALL_DDPM_MNIST);
const weights = noisyWeights(model);
const tensors = tensorsOf(model, weights);

test("attention layers are found under the names they had before", () => {
  const old = Object.entries(tensors).map(([name, tensor]) => [
    name
      .replace(".to_q.", ".query.")
      .replace(".to_k.", ".key.")
      .replace(".to_v.", ".value.")
      .replace(".to_out.0.", ".proj_attn."),
    tensor,
  ]);
  expect(Object.fromEntries(old)).toHaveProperty(["mid_block.attentions.0.proj_attn.bias"]);
  expect(weightsOf(model, Object.fromEntries(old))).toEqual(weights);
});

test("what is missing, misshapen or too much is named", () => {
  const { "conv_in.bias": bias, ...rest } = tensors;
  expect(() => weightsOf(model, rest)).toThrow('the file must hold "conv_in.bias"');
  expect(() => weightsOf(model, { ...rest, "conv_in.bias": { ...bias!, shape: [2, 16] } })).toThrow(
    '"conv_in.bias" must have the shape [32], got [2, 16]',
  );
  expect(() => weightsOf(model, { ...tensors, more: bias! })).toThrow('network, got "more"');
  expect(() => tensorsOf(model, {})).toThrow("every parameter needs a value");
});
