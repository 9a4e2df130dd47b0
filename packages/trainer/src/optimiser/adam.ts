import { invalid } from "@symbreak/core";
import {
  add,
  div,
  input,
  less,
  mul,
  pack,
  sqrt,
  sub,
  type Tensor,
  unpack,
  where,
} from "@symbreak/graph";
import { averageDecay } from "./average-decay.ts";
import { clipNorm } from "./clip-norm.ts";
import { constantRate, type LearningRate } from "./learning-rate.ts";
import { muonDirection, type Piece } from "./muon-direction.ts";

/** Settings of {@link adam}. */
export interface AdamOptions {
  /** A number, or what `constantRate` or `cosineRate` give. Default 2e-4. */
  readonly rate?: number | LearningRate;
  /** Default [0.9, 0.999]. */
  readonly betas?: readonly [number, number];
  /** Default 1e-8. */
  readonly epsilon?: number;
  /** Decoupled: weights shrink by rate · weightDecay a step (Loshchilov & Hutter 2019). Default 0. */
  readonly weightDecay?: number;
  /** Longest gradient; longer ones are scaled down to it. Default 1; `null` leaves them. */
  readonly clip?: number | null;
  /** Decay of the moving average of the weights, once it is warm. Default 0.9999. */
  readonly average?: number;
  /**
   * Matrices of at least 32 rows and columns follow their orthogonalised momentum instead, see {@link muonDirection}:
   * the root mean square of their step, in learning rates. `null`, the default, leaves all to Adam.
   */
  readonly muon?: number | null;
}

/** The vectors of a step, packed: all alike in shape. */
export interface AdamStep {
  readonly parameters: Tensor;
  readonly gradient: Tensor;
  /** The parameters that weight decay pulls, with zeros for the others. */
  readonly decayed: Tensor;
  /** What the vectors are packed from, in order. */
  readonly pieces: readonly Piece[];
}

/** How parameters follow gradients: the graph of one update, and the numbers it is fed. */
export interface Optimiser {
  readonly weightDecay: number;
  /** The names of its state beside "parameters": vectors of the same length. */
  readonly state: readonly string[];
  /** The next state by name, "parameters" too, and the length of the gradient before clipping. */
  update(step: AdamStep): { next: Record<string, Tensor>; gradientNorm: Tensor };
  /** The scalars of step k, from 0. */
  feeds(step: number): Record<string, Float32Array>;
}

/**
 * Adam (Kingma & Ba 2015) over one vector, with gradient clipping by global norm, decoupled weight decay, and a moving
 * average of the weights ("ema") whose decay warms up, see {@link averageDecay}.
 *
 * Scalars that change from step to step are computed on the host in double precision and fed, so that the state holds
 * vectors only. A gradient that is not finite changes nothing: the state of the step before is kept, to be looked into.
 */
export function adam(options: AdamOptions = {}): Optimiser {
  const {
    betas = [0.9, 0.999],
    epsilon = 1e-8,
    weightDecay = 0,
    clip = 1,
    average = 0.9999,
    muon = null,
  } = options;
  const { rate: given = 2e-4 } = options;
  const rate = typeof given === "number" ? constantRate(given) : given;
  const [beta1, beta2] = betas;
  for (const beta of [...betas, average])
    if (!(beta >= 0 && beta < 1))
      throw invalid("adam", "betas and average must lie in [0, 1)", beta);
  if (!(epsilon > 0)) throw invalid("adam", "epsilon must be positive", epsilon);
  if (!(weightDecay >= 0)) throw invalid("adam", "weightDecay must not be negative", weightDecay);
  if (clip !== null && !(clip > 0)) throw invalid("adam", "clip must be positive, or null", clip);
  if (muon !== null && !(muon > 0)) throw invalid("adam", "muon must be positive, or null", muon);

  return {
    weightDecay,
    state: ["m", "v", "ema"],
    update: ({ parameters, gradient, decayed, pieces }) => {
      const { clipped, norm } = clipNorm(gradient, clip ?? undefined);
      const finite = less(norm, 3e38);
      const either = (fed: Tensor | number, idle: number): Tensor => where(finite, fed, idle);
      const g = either(clipped, 0);
      const before = input("ema", parameters.shape);
      const m = add(mul(input("m", g.shape), either(beta1, 1)), mul(g, 1 - beta1));
      const v = add(mul(input("v", g.shape), either(beta2, 1)), mul(mul(g, g), 1 - beta2));
      const usual = div(m, add(mul(sqrt(v), input("adam.scale", [])), input("adam.epsilon", [])));
      const ahead = add(mul(m, beta1), mul(g, 1 - beta1));
      const turned = muon === null ? usual : muonDirection(usual, ahead, pieces, muon);
      const direction = rated(turned, pieces);
      const moved = sub(parameters, mul(direction, either(input("adam.rate", []), 0)));
      const next =
        weightDecay === 0 ? moved : sub(moved, mul(decayed, either(input("adam.decay", []), 0)));
      const ema = add(before, mul(sub(next, before), either(input("ema.rate", []), 0)));
      return { next: { parameters: next, m, v, ema }, gradientNorm: norm };
    },
    feeds: (step) => {
      const now = rate(step);
      // The correction of the momentum's bias goes into what it is divided by, so that Muon's steps, which need none, share the rate.
      const correction = 1 - beta1 ** (step + 1);
      return {
        "adam.rate": Float32Array.of(now),
        "adam.scale": Float32Array.of(correction / Math.sqrt(1 - beta2 ** (step + 1))),
        "adam.epsilon": Float32Array.of(correction * epsilon),
        ...(weightDecay > 0 && { "adam.decay": Float32Array.of(now * weightDecay) }),
        "ema.rate": Float32Array.of(1 - averageDecay(average, step + 1)),
      };
    },
  };
}

/** The direction with each piece at its own rate. */
function rated(direction: Tensor, pieces: readonly Piece[]): Tensor {
  if (pieces.every(({ rate = 1 }) => rate === 1)) return direction;
  const shapes = Object.fromEntries(pieces.map(({ shape }, i) => [i, shape]));
  const parts = unpack(direction, shapes);
  return pack(pieces.map(({ rate = 1 }, i) => (rate === 1 ? parts[i]! : mul(parts[i]!, rate))));
}
