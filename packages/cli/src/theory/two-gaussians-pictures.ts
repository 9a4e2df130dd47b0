import {
  bimodalityThreshold,
  gaussianMixture,
  type TwoGaussians,
  traceBranches,
  twoGaussiansCritical,
  twoGaussiansFixedPoints,
} from "@symbreak/core";
import { bifurcation, captioned, potentialSplitting, type Section } from "@symbreak/figures";
import { cutsOf, fallingParticles } from "./falling-particles.ts";

/** The pictures of two classes on a line: the potential with particles, and the bifurcation, even and uneven. */
export async function twoGaussiansPictures(
  pair: TwoGaussians,
  document: unknown,
): Promise<Section[]> {
  const { mean, deviation, weight = 0.5 } = pair;
  const critical = twoGaussiansCritical(pair);
  const mixture = gaussianMixture({
    weights: [weight, 1 - weight],
    means: [[mean], [-mean]],
    covariances: [deviation ** 2, deviation ** 2],
  });
  const time = critical ? -0.5 * Math.log(critical) : undefined;
  const late = Math.max(2, 1.5 * (time ?? 0));
  const particles = await fallingParticles(mixture, { late, count: 48, seed: 1 });
  const theta = Math.sqrt(critical ?? 0.5);
  const thetas = [0.5 * theta, theta, 1 - 0.45 * (1 - theta), 1 - 0.12 * (1 - theta)];
  const edge = Math.max(2.2, mean + 2.5 * deviation + 1);
  const times = Array.from({ length: 400 }, (_, i) => late * (1 - (i + 0.5) / 400));
  const { branches } = traceBranches((t) => twoGaussiansFixedPoints(pair, Math.exp(-2 * t)), times);
  const splitting = potentialSplitting(
    { ...particles, cuts: cutsOf(mixture, particles, thetas, edge), branches, critical: time },
    { document },
  );
  const uneven = weight === 0.5 ? 0.55 : 0.5;
  const diagrams = bifurcation([diagram(pair), diagram({ ...pair, weight: uneven })], { document });
  return [
    {
      title: "The potential splits",
      text: [
        "Generation follows the gradient of u = −β (x²/4 + log p_t) plus noise. Early on the potential has one well and particles only diffuse in it; at the critical time it splits, and each particle falls to one side. The decision is made there, not at the start.",
      ],
      content: [
        captioned(
          splitting,
          "Above: the potential at four signal amplitudes θ, with 48 particles. Below: their paths under the exact reverse diffusion (DDPM sampler, 480 steps, seed 1), coloured by where they end; black: fixed points, solid stable, dashed unstable.",
        ),
      ],
    },
    {
      title: "Pitchfork and fold",
      text: [
        `With equal weights the well at the centre loses its stability and two wells leave it: a pitchfork. Any asymmetry makes it a fold: the larger class keeps its well throughout and the other well appears beside it, with a barrier, out of nothing. A detector that only watches the centre's stability misses that. ${bimodality(pair)}`,
      ],
      content: [
        captioned(
          diagrams,
          "Fixed points of the potential against the signal amplitude, for this weight and for another.",
        ),
      ],
    },
  ];
}

function diagram(pair: TwoGaussians) {
  const { weight = 0.5 } = pair;
  const critical = twoGaussiansCritical(pair);
  const thetas = Array.from({ length: 299 }, (_, i) => (i + 1) / 300);
  return {
    name: weight === 0.5 ? "equal weights: pitchfork" : `weight ${weight}: fold`,
    parameter: "theta" as const,
    branches: traceBranches((theta) => twoGaussiansFixedPoints(pair, theta * theta), thetas)
      .branches,
    critical: critical === null ? undefined : Math.sqrt(critical),
  };
}

/** What Robertson and Fryer 1969 say of clean data. */
function bimodality({ mean, deviation }: TwoGaussians): string {
  if (deviation === 0) return "Two points are two modes at any weight.";
  const threshold = bimodalityThreshold(mean / deviation);
  if (threshold === 0) return "The clean data have one mode at any weight.";
  return `The clean data have two modes while |ln(w/(1−w))| < ${threshold.toFixed(3)} (Robertson and Fryer 1969).`;
}
