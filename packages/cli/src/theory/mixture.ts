import {
  bimodalityThreshold,
  classSignal,
  cloningProbability,
  gaussianMixture,
  ou,
  speciationOuTime,
  type TwoGaussians,
  twoGaussiansCritical,
  twoGaussiansFold,
} from "@symbreak/core";
import { moment } from "./moment.ts";
import { shown, type TheoryPage } from "./theory-page.ts";

/** Two Gaussian classes N(±mean, deviation²) with these weights. */
export function mixture(pair: Required<TwoGaussians>): TheoryPage {
  const { mean, deviation, weight } = pair;
  const critical = moment(twoGaussiansCritical(pair));
  const density = moment(twoGaussiansCritical(pair, "density"));
  const drift = moment(twoGaussiansCritical(pair, "drift"));
  const fold = twoGaussiansFold(pair);
  const law = gaussianMixture({
    weights: [weight, 1 - weight],
    means: [[mean], [-mean]],
    covariances: [deviation ** 2, deviation ** 2],
  });
  const { covariance } = law.moments();
  const [lambda = 0] =
    covariance.kind === "spectral" ? covariance.eigenvalues : covariance.variances;
  const speciation = speciationOuTime(lambda);
  const phi =
    speciation === null
      ? null
      : cloningProbability(classSignal(mean, deviation, ou().level(speciation)), weight);
  const bimodal = density !== null;
  const kind = weight === 0.5 ? "pitchfork" : "fold";
  const threshold = deviation > 0 ? bimodalityThreshold(mean / deviation) : null;
  return {
    title: `Two Gaussian classes: means ±${mean}, deviation ${deviation}, weight ${weight}`,
    finding: critical
      ? `The potential splits by a ${kind} at ᾱ = ${shown(critical.alphaBar)}, OU time ${shown(critical.ouTime)}, DDPM index ${critical.ddpmIndex}.`
      : "The generative potential never splits: these classes overlap too much for a decision.",
    result: {
      model: "mixture",
      mean,
      deviation,
      weight,
      bifurcation: critical ? kind : null,
      thetaCritical: critical?.theta ?? null,
      alphaBarCritical: critical?.alphaBar ?? null,
      ouTime: critical?.ouTime ?? null,
      ddpmIndex: critical?.ddpmIndex ?? null,
      bornAt: fold?.x ?? null,
      densitySplit: density,
      driftSplit: drift,
      bimodal,
      bimodalityThreshold: threshold,
      lambda,
      speciation: { ouTime: speciation, cloningProbability: phi },
      schedule: "linear, 1000 steps, 1e-4 to 0.02; nearest index, 0-based",
    },
    table: [
      ["the potential splits by", critical ? `a ${kind}` : "nothing"],
      ["ᾱ_c", shown(critical?.alphaBar)],
      ["θ_c", shown(critical?.theta)],
      ["OU time", shown(critical?.ouTime)],
      ["DDPM index (nearest)", shown(critical?.ddpmIndex)],
      ["second well born at x", shown(fold?.x)],
      ["density becomes bimodal at ᾱ", shown(density?.alphaBar)],
      ["ODE drift unstable above ᾱ", shown(drift?.alphaBar)],
      ["speciation t_S = ½ ln Λ, Λ the variance", shown(speciation)],
      ["cloning probability φ at t_S", shown(phi, "undefined: no t_S")],
    ],
    sections: async (document) => {
      const { twoGaussiansPictures } = await import("./two-gaussians-pictures.ts");
      return twoGaussiansPictures(pair, document);
    },
  };
}
