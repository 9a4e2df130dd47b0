import {
  add,
  averagePool,
  mul,
  reshape,
  split,
  type Tensor,
  upsampleNearest,
} from "@symbreak/graph";
import type { Block, Context } from "../block.ts";
import { applyConv, applyLinear, applyNorm, layer, norm, zero } from "../layers.ts";
import { ACTIVATIONS } from "./activation.ts";
import type { UNet2DConfig } from "./config.ts";

/** What the residual blocks of one network have in common. */
export interface ResnetStyle
  extends Pick<
    UNet2DConfig,
    "normNumGroups" | "normEps" | "actFn" | "dropout" | "resnetTimeScaleShift"
  > {
  /** Features of the time embedding. */
  readonly embedding: number;
  /** Whether dropout drops whole channels. */
  readonly dropChannels?: boolean;
}

export interface ResnetOptions {
  readonly inChannels: number;
  readonly outChannels: number;
  /** Half or twice the resolution on the way, by means over 2 × 2 or by repetition (BigGAN's blocks). */
  readonly resample?: "down" | "up";
  /** What the sum is divided by, 1 by default. */
  readonly scaleFactor?: number;
}

/** diffusers' `ResnetBlock2D`: norm, act, conv, time, norm, act, dropout, conv; beside it the input, by a 1×1 conv if the channels change. */
export function resnet(name: string, style: ResnetStyle, options: ResnetOptions): Block {
  const { inChannels, outChannels, resample, scaleFactor = 1 } = options;
  const act = ACTIVATIONS[style.actFn];
  const norms = { groups: style.normNumGroups, epsilon: style.normEps };
  const adaptive = style.resnetTimeScaleShift === "scale_shift";
  const shortcut = inChannels !== outChannels;
  const at = (part: string): string => `${name}.${part}`;
  return {
    parameters: [
      ...norm(at("norm1"), inChannels),
      ...layer(at("conv1"), [outChannels, inChannels, 3, 3]),
      ...layer(at("time_emb_proj"), [adaptive ? 2 * outChannels : outChannels, style.embedding]),
      ...norm(at("norm2"), outChannels),
      ...layer(at("conv2"), [outChannels, outChannels, 3, 3], zero),
      ...(shortcut ? layer(at("conv_shortcut"), [outChannels, inChannels, 1, 1]) : []),
    ],
    apply({ parameters: p, embedding, dropout }, x) {
      const before = resampled(act(applyNorm(p, at("norm1"), x, norms)), resample);
      const inner = applyConv(p, at("conv1"), before);
      const time = applyLinear(p, at("time_emb_proj"), act(embedding));
      const conditioned = condition(p, inner, reshape(time, [...time.shape, 1, 1]));
      const activated = act(conditioned);
      const kept = dropped(dropout, at("dropout"), activated, style);
      const skip = resampled(x, resample);
      const sum = add(
        shortcut ? applyConv(p, at("conv_shortcut"), skip) : skip,
        applyConv(p, at("conv2"), kept),
      );
      return scaleFactor === 1 ? sum : mul(sum, 1 / scaleFactor);
    },
  };

  function condition(p: Context["parameters"], h: Tensor, time: Tensor): Tensor {
    if (!adaptive) return applyNorm(p, at("norm2"), add(h, time), norms);
    const [scale, shift] = split(time, [outChannels, outChannels], 1) as [Tensor, Tensor];
    return add(mul(applyNorm(p, at("norm2"), h, norms), add(scale, 1)), shift);
  }
}

/** x by the mask of this site, in training. */
function dropped(mask: Context["dropout"], site: string, x: Tensor, style: ResnetStyle): Tensor {
  if (mask === undefined || style.dropout === 0) return x;
  const shape = style.dropChannels ? [...x.shape.slice(0, 2), 1, 1] : x.shape;
  return mul(x, mask(site, shape, style.dropout));
}

function resampled(x: Tensor, resample: ResnetOptions["resample"]): Tensor {
  if (resample === undefined) return x;
  return resample === "down" ? averagePool(x, 2) : upsampleNearest(x, 2);
}
