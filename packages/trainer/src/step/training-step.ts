import { invalid } from "@symbreak/core";
import {
  broadcastTo,
  constant,
  gradients,
  input,
  type Program,
  pack,
  program,
  type Tensor,
} from "@symbreak/graph";
import type { CompileOptions, ShardedStep } from "../engines/engine.ts";
import type { Batch, Prepared } from "../objectives/objective.ts";
import { type StepRandom, stepRandom } from "../objectives/step-random.ts";
import type { Optimiser } from "../optimiser/adam.ts";
import { type DropoutSite, dropoutMasks, recordDropout } from "./dropout.ts";
import { labelDropout } from "./label-dropout.ts";
import { type Layout, layoutOf, layoutSize, packWeights } from "./layout.ts";
import {
  checkBatch,
  feedsFor,
  type LossGraph,
  lossGraph,
  parametersOf,
  type Task,
} from "./loss-graph.ts";

/** What a training step is made of. */
export interface StepOptions extends Task {
  readonly optimiser: Optimiser;
  /** Probability with which a sample's label is taken from it, see {@link labelDropout}. Default 0. */
  readonly dropLabels?: number;
}

/** A whole training step as one static program, with all that an engine and a loop need of it. */
export interface TrainingStep {
  /**
   * State and feeds → next state, and what is said of the step: "loss", "perSample" [n], of a classifier "correct" [n], and "gradientNorm". A
   * "gradientNorm" that is not finite means that the state was left as it was.
   */
  readonly program: Program;
  /** For `Engine.compile`: `{ "next.parameters": "parameters", … }`. */
  readonly state: CompileOptions["state"];
  /** For `Engine.compile`: the same step for data-parallel workers. */
  readonly parallel: (shards: number) => ShardedStep | undefined;
  /** The network's parameters, then the objective's own, in the order in which they are packed. */
  readonly layout: Layout;
  /** The state before the first step: weights by seed, their average the same, moments zero. */
  initialState(seed: number | bigint): Record<string, Float32Array>;
  /**
   * What step `step` (from 0) of the run with this seed is fed. The same arguments give the same feeds. `random` is
   * `stepRandom(seed, step)` unless the caller has drawn its numbers ahead.
   */
  prepare(batch: Batch, at: { seed: number | bigint; step: number; random?: StepRandom }): Prepared;
}

/** Puts a network, an objective and an optimiser together. */
export function trainingStep(options: StepOptions): TrainingStep {
  const { model, objective, optimiser, batch, dropLabels = 0 } = options;
  const dropped = labelDropout(model, dropLabels);
  if (!Number.isInteger(batch) || batch < 1)
    throw invalid("trainingStep", "batch must be a positive whole number", batch);
  const specs = parametersOf(options);
  const layout = layoutOf(specs);
  const names = ["parameters", ...optimiser.state];
  const whole = differentiated(options);
  const pulled = decayed(whole, model.parameters.length);
  const pieces = specs.map(({ shape, rate }, i) => {
    return { shape, rate, isLearned: !isConstant(whole.pieces[i]!) };
  });
  const update = (gradient: Tensor): Record<string, Tensor> => {
    const step = { parameters: whole.parameters, gradient, decayed: pulled, pieces };
    const { next, gradientNorm } = optimiser.update(step);
    const state = names.map((name) => [`next.${name}`, next[name]!] as const);
    return { ...Object.fromEntries(state), gradientNorm };
  };
  const { gradient, sites } = whole;
  const all = program({ ...said(whole), ...update(gradient) });

  return {
    layout,
    program: all,
    state: Object.fromEntries(names.map((name) => [`next.${name}`, name])),
    parallel: (shards) => {
      if (batch % shards !== 0) return undefined;
      const part = differentiated({ ...options, batch: batch / shards });
      return {
        gradients: program({ ...said(part), gradient: part.gradient }),
        update: program(update(input("gradient", gradient.shape))),
      };
    },
    initialState: (seed) => {
      const weights = specs.map(
        ({ name, shape, init }, i) => [name, init(shape, seed, i)] as const,
      );
      const parameters = packWeights(layout, Object.fromEntries(weights));
      const zeros = names.map((name) => [name, new Float32Array(layoutSize(layout))] as const);
      return { ...Object.fromEntries(zeros), parameters, ema: parameters.slice() };
    },
    prepare: (data, { seed, step, random = stepRandom(seed, step) }) => {
      checkBatch(data, options);
      const { feeds, positions } = objective.prepare(data, random);
      const labels = data.labels && { labels: dropped(data.labels, random) };
      const masks = dropoutMasks(sites, random);
      const values = { ...labels, ...feeds, ...masks, ...optimiser.feeds(step) };
      return { feeds: feedsFor(all, values), positions };
    },
  };
}

/** What a step says of its batch. */
function said({ loss, perSample, correct }: LossGraph): Record<string, Tensor> {
  return { loss, perSample, ...(correct && { correct }) };
}

/** The part of a step that depends on the batch. */
interface Differentiated extends LossGraph {
  readonly gradient: Tensor;
  /** The gradients one by one. */
  readonly pieces: readonly Tensor[];
  readonly sites: readonly DropoutSite[];
}

function differentiated(task: Task): Differentiated {
  const sites: DropoutSite[] = [];
  const graph = lossGraph(task, recordDropout(sites));
  const own = graph.gradients ?? {};
  const specs = parametersOf(task);
  const wrt = specs.map(({ name }) => graph.weights[name]!);
  const pieces = gradients(graph.loss, wrt).map((piece, i) => own[specs[i]!.name] ?? piece);
  return { ...graph, gradient: pack(pieces), pieces, sites };
}

/**
 * The parameters that weight decay pulls, zeros in place of the others: a network's fixed tables, which no gradient
 * reaches, and the objective's own, which are no weights.
 */
function decayed({ parameters, weights, pieces }: Differentiated, count: number): Tensor {
  const pulled = pieces.map((piece, i) => i < count && !isConstant(piece));
  if (pulled.every(Boolean)) return parameters;
  const all = Object.values(weights);
  return pack(all.map((w, i) => (pulled[i] ? w : broadcastTo(constant(0), w.shape))));
}

/** What `gradients` gives for a tensor that the loss does not depend on. */
function isConstant({ node: { op, inputs } }: Tensor): boolean {
  return op.name === "constant" || (op.name === "broadcastTo" && isConstant(inputs[0]!));
}
