import type { LoadOptions } from "@symbreak/datasets";
import { matrixEngine } from "../engine/matrix-engine.ts";
import { progress } from "../terminal/progress.ts";
import { distanceText } from "./distance-text.ts";
import { type InceptionFile, openFeatureMaker } from "./feature-maker.ts";
import { measureDistance } from "./measure-distance.ts";
import { imagesOf, loadSide } from "./side.ts";

/** What `ssb distance` was asked. */
export interface DistanceArguments {
  readonly real: string;
  readonly generated: string;
  readonly options: LoadOptions;
  readonly extractor: string;
  readonly inception: InceptionFile;
  readonly k: number;
  readonly seed: number;
  readonly json: boolean;
}

/** Loads both sides, measures, prints. */
export async function runDistance(asked: DistanceArguments): Promise<void> {
  const bar = progress({ "loading the images": 1, "features and distances": 10 });
  bar.phase("loading the images");
  const real = await loadSide(asked.real, asked.options);
  const generated = await loadSide(asked.generated, asked.options);
  bar.phase("features and distances");
  const reference = imagesOf(real) ?? imagesOf(generated);
  const maker = reference && (await openFeatureMaker(asked.extractor, reference, asked.inception));
  const { multiply } = await matrixEngine();
  const { k, seed } = asked;
  const result = await measureDistance({
    ...{ real, generated, maker, k, seed, multiply },
    onProgress: (fraction) => bar.at(fraction),
  });
  bar.end();
  process.stdout.write(asked.json ? `${JSON.stringify(result, null, 2)}\n` : distanceText(result));
}
