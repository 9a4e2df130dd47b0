import { invalid } from "@symbreak/core";
import { averagePool, concat, mul, reshape, sub, type Tensor } from "@symbreak/graph";
import type { Model, ParameterSpec, Parameters } from "../../model.ts";
import { applyBlock, BLOCKS, blockParameters, STEM } from "./blocks.ts";
import { applyBasicConv, convParameters } from "./layers.ts";
import { maxPoolHalf } from "./pools.ts";
import { resizeBilinear } from "./resize-bilinear.ts";

export interface FidInceptionConfig {
  /** Height and width of the images it is given. */
  readonly sampleSize: readonly [height: number, width: number];
  /** 1, which is repeated, or 3. */
  readonly inChannels: 1 | 3;
}

/** Height and width of what the network looks at. */
const SIDE = 299;

/**
 * What the network looks at, [n, 3, 299, 299] in [−1, 1], of images [n, c, h, w] in [0, 1]: gray repeated, bilinear between pixel
 * centres without smoothing, 2x − 1.
 */
export function fidImage(x: Tensor): Tensor {
  const color = x.shape[1] === 1 ? concat([x, x, x], 1) : x;
  return sub(mul(resizeBilinear(color, SIDE), 2), 1);
}

/**
 * The InceptionV3 of the Fréchet inception distance, up to its 2048 pooled features: the TensorFlow network of 2015-12-05 as
 * pytorch-fid has it, with that package's names of the weights (average pooling that counts no padding; the last block pools by
 * the maximum). Only on its weights is a Fréchet distance called FID.
 *
 * Images are given in [0, 1], and {@link fidImage} is part of the graph. The time is not looked at.
 */
export function fidInception({
  sampleSize,
  inChannels,
}: FidInceptionConfig): Model<FidInceptionConfig> {
  const [height, width] = sampleSize;
  if (inChannels !== 1 && inChannels !== 3)
    throw invalid("fidInception", "inChannels must be 1 or 3", inChannels);
  const { parameters, features } = inventory();
  return {
    className: "FidInception",
    config: { sampleSize, inChannels },
    shape: [inChannels, height, width],
    outputShape: [features],
    parameters,
    apply(p: Parameters, x: Tensor) {
      const image = fidImage(x);
      const stem = STEM.reduce<Tensor>(
        (y, layer) => (layer === "halve" ? maxPoolHalf(y) : applyBasicConv(p, layer, y)),
        image,
      );
      const last = BLOCKS.reduce((y, block) => applyBlock(p, block, y), stem);
      return reshape(averagePool(last, last.shape[2]!), [-1, features]);
    },
  };
}

function inventory(): { readonly parameters: ParameterSpec[]; readonly features: number } {
  const parameters: ParameterSpec[] = [];
  let channels = 3;
  for (const layer of STEM) {
    if (layer === "halve") continue;
    parameters.push(...convParameters(layer, channels));
    channels = layer.filters;
  }
  for (const block of BLOCKS) {
    const found = blockParameters(block, channels);
    parameters.push(...found.parameters);
    channels = found.channels;
  }
  return { parameters, features: channels };
}
