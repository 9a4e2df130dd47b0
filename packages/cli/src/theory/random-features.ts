import { type WaveTrainingOptions, waveTraining } from "@symbreak/analysis";
import { numbers } from "@symbreak/figures";
import { shown, type TheoryPage } from "./theory-page.ts";

/** The numbers of samples that are compared, as multiples of the one asked for. */
const MULTIPLES = [1, 2, 4];

/** The two times of training of a score model of random features, whose gradient flow is solved in closed form. */
export function randomFeatures(
  model: Pick<WaveTrainingOptions, "dimension" | "features" | "samples">,
): TheoryPage {
  const found = MULTIPLES.map((multiple) => {
    const samples = multiple * model.samples;
    return { samples, ...waveTraining({ ...model, samples }) };
  });
  const rows = found.map(({ samples, tauGen, tauMem, tauBest, curve }) => {
    const least = Math.min(...curve.map(({ test }) => test));
    return { samples, tauGen, tauMem, tauBest, leastTestLoss: least };
  });
  const [one, , four] = rows;
  const times = (of: "tauGen" | "tauMem") => {
    const [a, b] = [one?.[of] ?? null, four?.[of] ?? null];
    return a === null || b === null ? null : b / a;
  };
  const [generalises, memorises] = [times("tauGen"), times("tauMem")];
  const { dimension, features, samples } = model;
  return {
    title: `Random features: ${features} waves learn N(0, I) in ${dimension} dimensions`,
    finding:
      generalises === null || memorises === null
        ? "Here training does not both generalise and memorise: take more features than samples."
        : `Four times the samples take ${memorises.toFixed(2)} times as long to memorise and ${generalises.toFixed(2)} times as long to generalise.`,
    result: {
      model: "random-features",
      ...{ dimension, features, samples },
      rows,
      curve: found[0]!.curve,
    },
    table: rows.flatMap((row): [string, string][] => [
      [`${row.samples} samples: generalises at τ_gen`, shown(row.tauGen)],
      [`${row.samples} samples: memorises at τ_mem`, shown(row.tauMem)],
      [`${row.samples} samples: test loss least at`, shown(row.tauBest)],
    ]),
    sections: async () => [
      {
        title: "Two times of training",
        text: [
          "A score of fixed random waves with trained weights (after arXiv 2505.17638): gradient flow is linear, so that its losses are exact at every training time. τ_gen is where the test loss has gone nine tenths of the way to its least, τ_mem where the training loss lies below the test loss by a fifth of the untrained one.",
        ],
        content: [
          numbers(
            "By the number of samples",
            ["samples", "τ_gen", "τ_mem", "test loss least at", "least test loss"],
            rows.map((row) =>
              [row.samples, row.tauGen, row.tauMem, row.tauBest, row.leastTestLoss].map((value) =>
                shown(value),
              ),
            ),
          ),
          numbers(
            `Losses of ${samples} samples, 1 untrained`,
            ["training time", "on the samples", "on the law"],
            found[0]!.curve.map(({ time, train, test }) =>
              [time, train, test].map((value) => String(Number(value.toPrecision(4)))),
            ),
          ),
        ],
      },
    ],
  };
}
