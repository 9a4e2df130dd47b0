import { invalid } from "@symbreak/core";
import type { Engine, EngineName } from "./engine.ts";

/** How an engine is set up. Engines take what they can use: `workers` and `blocked` are onnxruntime-node's. */
export interface EngineOptions {
  /** CPU threads in all, those the machine has by default. */
  readonly threads?: number;
  /** Data-parallel workers that share the threads; 2 by default where there are two threads, 1 for none. */
  readonly workers?: number;
  /** Whether convolutions may use onnxruntime's blocked layout; `true` by default, and then probed. */
  readonly blocked?: boolean;
  /**
   * onnxruntime's execution providers in its own names: `["cuda"]`, `["webgpu"]`. The CPU by default. What they cannot run
   * is an error, unless the CPU comes after them: `["cuda", "cpu"]`, `["webgpu", "wasm"]`.
   */
  readonly providers?: readonly string[];
}

/** An engine that may or may not be there. */
export interface Candidate {
  readonly name: EngineName;
  /** What to do to have it. */
  readonly install: string;
  /** Loads it; throws with the reason where it cannot run. */
  open(options: EngineOptions): Promise<Engine>;
}

/** Whether an engine can be had here, and if so what it is, else why not. */
export type EngineReport =
  | { readonly name: EngineName; readonly available: true; readonly description: string }
  | {
      readonly name: EngineName;
      readonly available: false;
      readonly reason: string;
      readonly install: string;
    };

export interface SelectOptions extends EngineOptions {
  /** Only this one will do. */
  readonly engine?: EngineName | undefined;
  /** Is told what was passed over and why, and what was chosen. */
  readonly log?: (line: string) => void;
}

/**
 * Opens the first engine that is available, best first, or the named one.
 *
 * Throws where the named one is not available, saying why and how to install it: nothing else is put in its place.
 */
export async function selectEngine(
  candidates: readonly Candidate[],
  { engine: name, log = () => {}, ...options }: SelectOptions = {},
): Promise<Engine> {
  const names = candidates.map((candidate) => candidate.name);
  if (name !== undefined && !names.includes(name)) {
    throw invalid("selectEngine", `engine must be one of ${names.join(", ")}`, name);
  }
  const failures: string[] = [];
  for (const candidate of candidates) {
    if (name !== undefined && candidate.name !== name) continue;
    try {
      const engine = await candidate.open(options);
      log(`engine: ${engine.description}`);
      return engine;
    } catch (error) {
      const failure = `${candidate.name}: ${reasonOf(error)}`;
      log(`engine: without ${failure}`);
      failures.push(`${failure}; ${candidate.install}`);
    }
  }
  throw new Error(
    `selectEngine: ${name ?? "every engine"} is not available\n${failures.join("\n")}`,
  );
}

/** Tries every engine, and says of each what it is or why it cannot be had. Loads their libraries: seconds. */
export async function probeEngines(
  candidates: readonly Candidate[],
  options: EngineOptions = {},
): Promise<EngineReport[]> {
  const reports: EngineReport[] = [];
  for (const { name, install, open } of candidates) {
    try {
      const engine = await open(options);
      reports.push({ name, available: true, description: engine.description });
      await engine.dispose();
    } catch (error) {
      reports.push({ name, available: false, reason: reasonOf(error), install });
    }
  }
  return reports;
}

/** The first line of an error's message. */
function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n", 1)[0]!;
}
