import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Networks that diffusers wrote, by `scripts/diffusers-fixtures.py`. */
export const NETWORKS = [
  "ddpm",
  "attention",
  "classes",
  "class-times",
  "scale-shift",
  "fourier",
  "odd-times",
  "resnet",
  "learned-times",
] as const;

export function directoryOf(name: (typeof NETWORKS)[number]): string {
  return fileURLToPath(new URL(`../fixtures/diffusers/${name}`, import.meta.url));
}

export interface Example {
  readonly sample: number[];
  readonly timestep: number[];
  readonly labels?: number[];
  /** diffusers' output. */
  readonly output: number[];
}

export function exampleOf(name: (typeof NETWORKS)[number]): Example {
  return JSON.parse(readFileSync(`${directoryOf(name)}/example.json`, "utf8"));
}
