import type { NetworkScore } from "@symbreak/analysis";
import { numbers } from "../../report/parts.ts";
import type { Section } from "../../report/report.ts";

/** What the machines are, for people. */
const MODELS: Readonly<Record<NetworkScore["explained"][number]["model"], string>> = {
  local: "local score (LS)",
  equivariant: "equivariant local score (ELS)",
  bordered: "bordered ELS",
  exact: "exact score",
  gaussian: "Gaussian of the data",
};

export const EXPLAINED_HEADER: readonly string[] = ["model", "median r²", "95 % low", "high"];

/** How much of the network's samples each model explains, under {@link EXPLAINED_HEADER}. */
export function explainedRows({ explained }: Pick<NetworkScore, "explained">): string[][] {
  return explained.map(({ model, median, low, high }) => [
    MODELS[model],
    ...[median, low, high].map((value) => value.toFixed(3)),
  ]);
}

export const SCORE_HEADER: readonly string[] = [
  "DDPM index",
  "OU time",
  "implicit",
  "± SE",
  "denoising",
  "± SE",
  "FLIPD",
  "± SE",
  "dimension by the gap",
  "gap",
];

/** The score against data and the local dimension by level, under {@link SCORE_HEADER}. */
export function scoreRows({ quality, dimension }: NetworkScore): string[][] {
  const short = (value: number | null) =>
    value === null || !Number.isFinite(value) ? "–" : String(Number(value.toPrecision(4)));
  return quality.at.map(({ ouTime, ddpmIndex, implicit, denoising }, k) => {
    const { flipd, gap } = dimension[k]!;
    return [
      ddpmIndex === null ? "–" : ddpmIndex.toFixed(0),
      ouTime.toFixed(3),
      ...[implicit, denoising, flipd].flatMap(({ value, standardError }) => [
        short(value),
        short(standardError),
      ]),
      gap === null ? "–" : String(gap.dimension),
      gap === null ? "–" : gap.gap.toFixed(3),
    ];
  });
}

/** The sections of a network's score: against data and by its dimension, then against the machines. */
export function scoreSections(result: NetworkScore): Section[] {
  const { protocol, scales, explained } = result;
  const sections: Section[] = [
    {
      title: "The score against data, and the dimension that it sees",
      text: [
        "Implicit score matching, E[½|s|² + tr ∇s] (Hyvärinen 2005), and denoising score matching, ½E|s + ε/σ|² − d/2σ² (Vincent 2011), are the same number for a smooth score: where they are not within their errors of each other, the score has jumps. FLIPD (arXiv 2406.03537) counts the directions in which the data vary by more than the noise; the gap is the widest one in the spectrum of the score's Jacobian at one sample (arXiv 2410.05898), near 1 where the data are a sheet.",
      ],
      content: [
        numbers(`${protocol.looked} samples at each level`, SCORE_HEADER, scoreRows(result)),
      ],
    },
  ];
  if (explained.length > 0)
    sections.push({
      title: "Which simple model draws the same images",
      text: [
        `${protocol.samples} samples of the network and of each model by DDIM in ${protocol.steps} steps from the same noise. r² is 1 where the model gives the network's image and 0 where it is no better than a grey one. The local score machines estimate each pixel from the patch about it alone, out of ${protocol.images} training images, LS of the same place, ELS of all places, bordered ELS of all as near to the border (arXiv 2412.20292); the exact score is of the same images.`,
      ],
      content: [
        numbers("Explained", EXPLAINED_HEADER, explainedRows(result)),
        numbers(
          "Side of the patches, by level",
          ["DDPM index", "OU time", "side"],
          scales.map(({ ddpmIndex, ouTime, kernel }) => [
            ddpmIndex === null ? "–" : ddpmIndex.toFixed(0),
            ouTime.toFixed(3),
            String(kernel),
          ]),
        ),
      ],
    });
  return sections;
}
