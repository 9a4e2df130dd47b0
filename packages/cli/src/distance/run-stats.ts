import { basename, dirname } from "node:path";
import { featureStatistics } from "@symbreak/analysis";
import { sizeOf } from "@symbreak/core";
import { type LoadOptions, npzBytes } from "@symbreak/datasets";
import { progress } from "../terminal/progress.ts";
import { writeRun } from "../write-run.ts";
import { type InceptionFile, openFeatureMaker } from "./feature-maker.ts";
import { imagesOf, loadSide } from "./side.ts";

/** What `ssb stats` was asked. */
export interface StatsArguments {
  readonly data: string;
  readonly options: LoadOptions;
  readonly extractor: string;
  readonly inception: InceptionFile;
  readonly out: string;
  readonly json: boolean;
}

/** Writes mean and covariance of a set's features, as pytorch-fid keeps them, with n and the extractor's name. */
export async function runStats(asked: StatsArguments): Promise<void> {
  const bar = progress({ "loading the images": 1, features: 10 });
  bar.phase("loading the images");
  const side = await loadSide(asked.data, asked.options);
  const set = imagesOf(side);
  if (set === undefined) throw new Error(`${asked.data} holds statistics already`);
  bar.phase("features");
  const maker = await openFeatureMaker(asked.extractor, set, asked.inception);
  const features = await maker.make(set);
  const { mean, covariance } = featureStatistics(features);
  const size = sizeOf(features.shape);
  const { count } = features;
  bar.end();
  const bytes = npzBytes({
    mu: { data: mean },
    sigma: { data: covariance, shape: [size, size] },
    n: { data: Float64Array.of(count), shape: [] },
    extractor: { data: new TextEncoder().encode(maker.name) },
  });
  writeRun(dirname(asked.out), { [basename(asked.out)]: bytes });
  const result = {
    data: side.description,
    extractor: maker.name,
    features: maker.description,
    size,
    count,
    keys: ["mu", "sigma", "n", "extractor"],
    covariance: "1/(n − 1)",
    file: asked.out,
  };
  process.stdout.write(
    asked.json
      ? `${JSON.stringify(result, null, 2)}\n`
      : `${side.description}, n = ${count}\n${maker.description}\nmu [${size}] and sigma [${size} × ${size}], 1/(n − 1): ${asked.out}\n`,
  );
}
