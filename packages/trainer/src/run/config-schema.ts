import * as v from "valibot";
import type { ResolvedConfig, TrainConfig } from "./config.ts";
import type { ObjectiveConfig, Written } from "./objective-config.ts";
import { OBJECTIVE_KINDS } from "./objective-kinds.ts";

const whole = (least: number) => v.pipe(v.number(), v.integer(), v.minValue(least));
const positive = v.pipe(v.number(), v.finite(), v.gtValue(0));
const fraction = v.pipe(v.number(), v.minValue(0), v.ltValue(1));

const data = v.strictObject({
  dataset: v.pipe(v.string(), v.description("A data set's name, or a file or folder of images")),
  split: v.exactOptional(v.string()),
  classes: v.exactOptional(v.array(whole(0))),
  perClass: v.exactOptional(whole(1)),
  limit: v.exactOptional(whole(1)),
  resize: v.exactOptional(whole(1)),
  channel: v.exactOptional(v.union([v.literal("gray"), whole(0)])),
  pad: v.exactOptional(whole(1)),
  scale: v.pipe(
    v.exactOptional(v.picklist(["unit", "symmetric", "zscore", "trace"]), "symmetric"),
    v.description("Units of the network; symmetric is [-1, 1]"),
  ),
  flip: v.pipe(
    v.exactOptional(v.boolean(), false),
    v.description("Mirror images at random: wrong for digits"),
  ),
});

const schedule = v.exactOptional(
  v.strictObject({
    kind: v.exactOptional(v.picklist(["linear", "scaledLinear", "cosine", "sigmoid"]), "linear"),
    steps: v.exactOptional(whole(1), 1000),
    betaStart: v.exactOptional(positive, 1e-4),
    betaEnd: v.exactOptional(positive, 0.02),
    zeroTerminalSnr: v.exactOptional(v.boolean(), false),
  }),
  {},
);

const objective = v.exactOptional(
  v.variant(
    "name",
    Object.entries(OBJECTIVE_KINDS).map(([name, { entries }]) =>
      v.strictObject({ ...(entries as v.ObjectEntries), name: v.literal(name) }),
    ),
    // The table's type sees to it that its entries are those of the interfaces.
  ) as unknown as v.GenericSchema<Written<ObjectiveConfig>, ObjectiveConfig>,
  { name: "simple" },
);

const optimiser = v.exactOptional(
  v.strictObject({
    rate: v.pipe(v.exactOptional(positive, 2e-4), v.description("Adam's learning rate")),
    warmUp: v.pipe(v.exactOptional(whole(0), 0), v.description("Steps until the full rate")),
    decay: v.pipe(
      v.exactOptional(v.picklist(["none", "cosine"]), "none"),
      v.description("cosine: the rate falls to nothing at the last step"),
    ),
    restarts: v.pipe(
      v.exactOptional(v.array(v.strictObject({ step: whole(1), rate: positive })), []),
      v.description("Where the cosine begins again, and at which rate; ascending"),
    ),
    betas: v.exactOptional(v.tuple([fraction, fraction]), [0.9, 0.999]),
    epsilon: v.exactOptional(positive, 1e-8),
    weightDecay: v.exactOptional(v.pipe(v.number(), v.minValue(0)), 0),
    clip: v.pipe(
      v.exactOptional(v.nullable(positive), 1),
      v.description("Longest gradient, or null for no limit"),
    ),
    average: v.pipe(
      v.exactOptional(fraction, 0.9999),
      v.description("Decay of the weights' average"),
    ),
    muon: v.pipe(
      v.exactOptional(v.nullable(positive), null),
      v.description(
        "Muon for matrices: RMS of their step in rates, such as 0.4; null is Adam for all",
      ),
    ),
    classRate: v.pipe(
      v.exactOptional(positive),
      v.description("The rate of class embeddings, in rates, such as 10"),
    ),
  }),
  {},
);

/** A training run as plain data; unknown keys are refused. */
export const trainConfigSchema: v.GenericSchema<TrainConfig, ResolvedConfig> = v.strictObject({
  name: v.pipe(v.string(), v.regex(/^[\w.-]+$/, "must be a folder's name")),
  data,
  model: v.pipe(
    v.looseObject({ className: v.string() }),
    v.description("className (SmallUNet, UNet2DModel, …) and the options of that network"),
  ),
  begin: v.pipe(
    v.exactOptional(v.string()),
    v.description("A trained network to begin with: a run, a file of ssb export, or zoo:<name>"),
  ),
  schedule,
  objective,
  optimiser,
  batch: whole(1),
  steps: whole(1),
  seed: v.exactOptional(whole(0), 0),
  every: v.exactOptional(
    v.strictObject({
      log: v.exactOptional(whole(1), 50),
      checkpoint: v.exactOptional(whole(1), 500),
      samples: v.exactOptional(whole(1), 500),
    }),
    {},
  ),
  samples: v.exactOptional(
    v.strictObject({
      count: v.exactOptional(whole(0), 16),
      steps: v.exactOptional(whole(1), 10),
    }),
    {},
  ),
});
