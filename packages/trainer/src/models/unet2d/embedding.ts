import { invalid } from "@symbreak/core";
import { add, cast, gather, log, silu, stopGradient, type Tensor } from "@symbreak/graph";
import { normal } from "../../initialiser.ts";
import type { Extras, ParameterSpec, Parameters } from "../../model.ts";
import { applyLinear, layer } from "../layers.ts";
import { fourierFeatures, sinusoidalFeatures } from "../time-features.ts";
import type { UNet2DConfig } from "./config.ts";
import type { Variant } from "./variant.ts";

/** Time and class as one vector for every residual block. */
export interface Embedding {
  readonly size: number;
  readonly parameters: readonly ParameterSpec[];
  apply(parameters: Parameters, timestep: Tensor, extras: Extras): Tensor;
}

/** diffusers' `time_proj`, `time_embedding` and `class_embedding`. */
export function embedding(config: UNet2DConfig, variant: Variant): Embedding {
  const { timeActivation: act = silu, timeTable } = variant;
  const { timeEmbeddingType: type, numClassEmbeds: classes, classEmbedType } = config;
  const first = config.blockOutChannels[0]!;
  const size = config.timeEmbeddingDim ?? 4 * first;
  const features = type === "fourier" ? 2 * first : first;
  const table = classEmbedType === null && classes !== null;

  const twoLayers = (name: string): ParameterSpec[] => [
    ...layer(`${name}.linear_1`, [size, features]),
    ...layer(`${name}.linear_2`, [size, size]),
  ];
  const applyTwoLayers = (p: Parameters, name: string, x: Tensor): Tensor =>
    applyLinear(p, `${name}.linear_2`, act(applyLinear(p, `${name}.linear_1`, x)));

  const project = (p: Parameters, t: Tensor): Tensor => {
    const weights = p["time_proj.weight"];
    if (type === "positional") return sinusoidalFeatures(t, first, config);
    if (type === "fourier") return fourierFeatures(log(t), weights!);
    return gather(timeTable ? stopGradient(weights!) : weights!, cast(t, "int32"));
  };

  return {
    size,
    parameters: [
      ...projection(),
      ...twoLayers("time_embedding"),
      ...(table
        ? [{ name: "class_embedding.weight", shape: [classes, size], init: normal(1) }]
        : []),
      ...(classEmbedType === "timestep" ? twoLayers("class_embedding") : []),
    ],
    apply(p, timestep, { labels }) {
      const time = applyTwoLayers(p, "time_embedding", project(p, timestep));
      if (!table && classEmbedType === null) return time;
      if (labels === undefined)
        throw invalid("unet2d", "a class-conditional network needs labels", labels);
      return add(
        time,
        table
          ? gather(p["class_embedding.weight"]!, labels)
          : applyTwoLayers(p, "class_embedding", project(p, cast(labels, "float32"))),
      );
    },
  };

  function projection(): ParameterSpec[] {
    const name = "time_proj.weight";
    if (type === "positional") return [];
    return type === "fourier"
      ? [{ name, shape: [first], init: normal(16) }]
      : [{ name, shape: [config.numTrainTimesteps!, first], init: timeTable ?? normal(1) }];
  }
}
