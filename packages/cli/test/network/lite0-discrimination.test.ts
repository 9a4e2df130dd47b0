import {
  anchors,
  discrimination,
  frechetMeasure,
  gaussianDraws,
  lite0Features,
  moments,
  pixelProjection,
  placed,
} from "@symbreak/analysis";
import { bytesOf, type Data, dataOf, imageShape } from "@symbreak/core";
import { loadDataset } from "@symbreak/datasets";
import { loadModel } from "@symbreak/zoo";
import { expect, test } from "vitest";
import { openInference } from "../../src/engine/inference.ts";

test("FD-lite0 on 64 directions sees digits' Gaussian many times farther than FD-pca64 does, and mixtures between", async () => {
  const set = await loadDataset("mnist", { limit: 600 });
  const count = 100;
  const of = await moments(set);
  const draws = await gaussianDraws(set, count, { seed: 1 });
  const { session, Tensor } = await openInference(await (await loadModel("lite0")).weights());
  const { features, size: wide } = lite0Features(session, { Tensor });
  const made = async (images: Data): Promise<Data> =>
    dataOf(await features(bytesOf("test", images), imageShape("test", set)), [wide]);
  const [real, top] = [await made(set), await made(draws)];
  const { project } = pixelProjection(await moments(real), 64);
  const sets = anchors(project(real), project(top), { count });
  const measure = frechetMeasure("lite0");
  const found = await discrimination(measure, sets);
  const pixels = pixelProjection(of, 64);
  const blind = await discrimination(
    frechetMeasure(pixels.extractor),
    anchors(pixels.project(set), pixels.project(draws), { count }),
  );
  expect(found).toMatchObject({ measure: "FD-lite0", sees: true });
  expect(blind).toMatchObject({ measure: "FD-pca64", sees: false });
  expect(found.ratio!).toBeGreaterThan(10 * blind.ratio!);

  const mixed = project(real).values.slice(0, count * 64) as Float64Array;
  mixed.set(project(top).values.subarray(0, 50 * 64) as Float64Array);
  const { place, excess } = await placed(measure, sets, found, dataOf(mixed, [64]));
  expect(place!).toBeGreaterThan(0.1);
  expect(place!).toBeLessThan(0.6);
  expect(excess).toBeLessThan(found.gaussian);
}, 120_000);
