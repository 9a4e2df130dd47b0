import type { DataAnalysis, DataMoments } from "@symbreak/analysis";
import { invalid, type SpectralCovariance } from "@symbreak/core";
import { imageGrid } from "../../image-grid.ts";
import { captioned, numbers, pictures } from "../../report/parts.ts";
import type { Section } from "../../report/report.ts";
import { spectrum } from "../../spectrum.ts";
import { timesTable } from "./analysis-table.ts";

/** Modes shown as pictures, and as numbers. */
const MODES = 10;

/** The spectrum read as times, with its numbers and the leading modes as pictures. */
export function spectrumSection(
  { analysis, moments }: { readonly analysis: DataAnalysis; readonly moments: DataMoments },
  document: unknown,
): Section {
  const { speciation, collapse } = analysis;
  const { eigenvalues, eigenvectors } = spectrumOf(moments);
  const figure = (width: number) =>
    spectrum(
      {
        eigenvalues,
        scale: analysis.scale,
        speciation: speciation.ouTime,
        collapse: [
          { name: "spectrum", time: collapse.spectrum.ouTime },
          { name: "variance", time: collapse.variance.ouTime },
          { name: "variance 1", time: collapse.unitVariance.ouTime },
        ],
      },
      { document, width },
    );
  const modes = Array.from(eigenvalues.slice(0, MODES), (value, k) => [
    String(k + 1),
    value.toPrecision(6),
    `${((100 * value) / analysis.spectrum.trace).toFixed(1)} %`,
    (Math.log(value) / 2).toFixed(4),
  ]);
  const shape = analysis.shape as readonly [number, number, number];
  const drawable = shape[0] === 1 || shape[0] === 3;
  return {
    title: "When the data decide",
    text: [
      `${analysis.description}. Each direction of the data rises above the noise at its own time, ½ ln λ_k: generation decides about the largest mode first. Λ depends on the units (${analysis.scaleFormula}).`,
      "Below t_C the exact score of a finite data set leads to one training image each. The formula with unit variance holds for standardised data only; the full spectrum is the one to believe.",
    ],
    content: [
      captioned(
        figure,
        "Dots: eigenmodes at their decision times. Vertical lines: speciation time of the leading mode, and three estimates of the collapse time.",
      ),
      numbers("Times", ["", "OU time", "DDPM index"], timesTable(analysis)),
      numbers("Leading modes", ["k", "λ_k", "share", "½ ln λ_k"], modes),
      ...(drawable
        ? [
            pictures(
              [
                {
                  name: "mean, then the leading modes",
                  alt: `The mean image and the ${MODES} leading eigenmodes of the covariance`,
                  picture: imageGrid({
                    images: modeBytes(moments.mean, eigenvectors),
                    shape,
                    columns: MODES + 1,
                    gap: 3,
                  }),
                },
              ],
              "The mean image and what the first decisions are about: eigenvectors of the covariance, gray is zero.",
              shape[2] <= 32 ? 2 : 1,
            ),
          ]
        : []),
    ],
  };
}

/** The mean and the first eigenvectors as bytes: each stretched to its own range, eigenvectors with zero at gray. */
function modeBytes(mean: Float64Array, vectors: Float64Array): Uint8Array {
  const size = mean.length;
  const count = Math.min(MODES, Math.floor(vectors.length / size));
  const bytes = new Uint8Array((count + 1) * size);
  const low = mean.reduce((a, b) => Math.min(a, b));
  const high = mean.reduce((a, b) => Math.max(a, b));
  for (let i = 0; i < size; i++) bytes[i] = (255 * (mean[i]! - low)) / (high - low || 1);
  for (let k = 0; k < count; k++) {
    const vector = vectors.subarray(k * size, (k + 1) * size);
    const peak = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
    for (let i = 0; i < size; i++) bytes[(k + 1) * size + i] = 127.5 * (1 + vector[i]! / peak);
  }
  return bytes;
}

function spectrumOf({ covariance }: DataMoments): SpectralCovariance {
  if (covariance.kind === "spectral") return covariance;
  throw invalid("spectrumSection", "moments must have eigenvectors", covariance.kind);
}
