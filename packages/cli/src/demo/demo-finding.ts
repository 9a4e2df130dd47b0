import { verdict } from "@symbreak/figures";
import type { DemoResult } from "./run-demo.ts";

/** What was found, in a sentence or two: only what the intervals bear. */
export function demoFinding({
  analysis,
  lateStart,
  memorisation,
}: Pick<DemoResult, "analysis" | "lateStart" | "memorisation">): string {
  const { speciation, collapse } = analysis;
  const cells = (which: ReturnType<typeof verdict>) =>
    lateStart.rows
      .filter((row) => verdict(row) === which)
      .map(({ sampler, steps }) => `${sampler} ${steps}`);
  const [late, noise, none] = [cells("late start"), cells("noise start"), cells("no difference")];
  const parts = [
    late.length > 0
      ? `the Gaussian late start is nearer to the data for ${listed(late)} steps`
      : "the Gaussian late start is nowhere measurably nearer to the data",
    noise.length > 0 ? `the noise start for ${listed(noise)} steps` : "",
    none.length > 0 ? `no measurable difference for ${listed(none)} steps` : "",
  ].filter(Boolean);
  return (
    `MNIST decides at t_S = ${speciation.ouTime.toFixed(3)} (DDPM index ${speciation.ddpmIndex}); at equal network calls ${parts.join("; ")}. ` +
    `The exact score of ${memorisation.trainingImages} images memorises: ${percent(memorisation.share)} of the samples are training images (all-data t_C = ${collapse.spectrum.ouTime.toFixed(3)}).`
  );
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share === 1 || share === 0 ? 0 : 1)} %`;
}
