import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { GoldenFile } from "../scripts/goldens/golden-file.ts";
import { type CaseResult, runGoldens } from "../scripts/goldens.ts";

const FILE = JSON.parse(
  readFileSync(new URL("./goldens/diffusers.json", import.meta.url), "utf8"),
) as GoldenFile;

async function collect(file: GoldenFile): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for await (const result of runGoldens(file)) results.push(result);
  return results;
}

test("every golden case passes through the public API, in both precisions", async () => {
  const results = await collect(FILE);
  expect(results.filter(({ passed }) => !passed)).toEqual([]);
  // 40 of diffusers' own, 60 generated, 37 of the official repository, and the scalar checks.
  expect(results.length).toBe(137 + 7);
}, 30_000);

test("the runner notices a number, a timestep, a sigma and a call that are off", async () => {
  const golden = FILE.upstream_cases!.find(({ id }) => id === "unipc/full_loop_no_noise")!;
  const { reference_f64, reference_f32 } = golden;
  const off = async (wrong: object, wide = {}) => {
    const file = {
      upstream_cases: [
        {
          ...golden,
          reference_f64: { ...reference_f64!, ...wide },
          reference_f32: { ...reference_f32!, ...wrong },
        },
      ],
    };
    const [result] = await collect(file);
    return result!;
  };
  expect((await off({})).passed).toBe(true);
  expect((await off({}, { sum: reference_f64!.sum * (1 + 2e-9) })).note).toMatch(/sum/);
  expect((await off({ sum: reference_f32!.sum * (1 + 2e-5) })).passed).toBe(false);
  const timesteps = reference_f32!.timesteps!.with(3, 698);
  expect((await off({ timesteps })).note).toMatch(/timestep 3 is 699, expected 698/);
  const sigmas = reference_f32!.sigmas!.with(-1, 0);
  expect((await off({ sigmas })).note).toMatch(/sigma 10 is/);
  expect((await off({ n_calls: 11 })).note).toMatch(/10 network calls, expected 11/);
});

test.for([
  { change: { procedure: "loop_backwards" }, note: /unknown procedure "loop_backwards"/ },
  { change: { noise: "pink" }, note: /unknown noise "pink"/ },
  { change: { step_kwargs: { gamma: 1 } }, note: /unknown step_kwargs gamma/ },
  { change: { scheduler: "LCMScheduler" }, note: /_class_name must be one of/ },
  { change: { config: { use_krras_sigmas: true } }, note: /unknown config key use_krras_sigmas/ },
  { change: { config: { use_flow_sigmas: true } }, note: /use_flow_sigmas is supported only as/ },
  { change: { error: "ValueError" }, note: /no error, expected ValueError/ },
  { change: { reference_f64: undefined, reference_f32: undefined }, note: /no reference/ },
])("the runner fails what it does not know: $note", async ({ change, note }) => {
  const golden = FILE.generated_cases!.find(({ scheduler }) => scheduler.startsWith("DPM"))!;
  const [result] = await collect({ generated_cases: [{ ...golden, ...change } as typeof golden] });
  expect(result!.passed).toBe(false);
  expect(result!.note).toMatch(note);
});
