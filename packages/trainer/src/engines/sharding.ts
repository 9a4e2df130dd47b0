import { invalid } from "@symbreak/core";
import { type Program, type Shape, sizeOf } from "@symbreak/graph";
import type { ShardedStep, Values, ValuesByName } from "./engine.ts";

/** Deals feeds out to data-parallel workers and puts their outputs together; the rules stand at {@link ShardedStep}. */
export interface Sharding {
  deal(feeds: ValuesByName): Record<string, Values>[];
  join(outputs: readonly ValuesByName[]): Record<string, Values>;
  /** The outputs of `gradients` that are averaged before `update` takes them, with their sizes. */
  readonly averaged: Readonly<Record<string, number>>;
}

/** Reads off the shapes how a step is cut in `shards`. Throws where they do not fit. */
export function shard(whole: Program, step: ShardedStep, shards: number): Sharding {
  const { gradients, update } = step;
  const averaged: Record<string, number> = {};
  for (const [name, { shape }] of Object.entries(gradients.outputs)) {
    if (!(name in update.inputs)) continue;
    if (`${update.inputs[name]!.shape}` !== `${shape}`) throw misfit(name, shape, shards);
    averaged[name] = sizeOf(shape);
  }
  const stages = [gradients, update];
  const dealt = new Set<string>();
  for (const [name, { shape }] of stages.flatMap(({ inputs }) => Object.entries(inputs))) {
    if (name in averaged) continue;
    if (isCut(name, whole.inputs[name]?.shape, shape, shards)) dealt.add(name);
  }
  const joined = new Map<string, "concat" | "mean" | "same">();
  for (const [name, { shape }] of Object.entries(whole.outputs)) {
    const part = gradients.outputs[name] ?? update.outputs[name];
    if (!part) throw misfit(name, undefined, shards);
    const cut = isCut(name, shape, part.shape, shards);
    joined.set(name, cut ? "concat" : name in gradients.outputs ? "mean" : "same");
  }
  const missing = Object.keys(whole.inputs).find((name) => !stages.some((p) => name in p.inputs));
  if (missing !== undefined) throw misfit(missing, undefined, shards);

  return {
    averaged,
    deal: (feeds) =>
      Array.from({ length: shards }, (_, k) => {
        const parts = Object.entries(feeds).map(([name, values]) => {
          const length = values.length / shards;
          return [name, dealt.has(name) ? values.slice(k * length, (k + 1) * length) : values];
        });
        return Object.fromEntries(parts);
      }),
    join: (outputs) => {
      const names = Object.keys(outputs[0]!).filter((name) => joined.has(name));
      const values = names.map((name) => {
        const parts = outputs.map((output) => output[name]!);
        const how = joined.get(name)!;
        return [name, how === "same" ? parts[0]! : how === "mean" ? mean(parts) : concat(parts)];
      });
      return Object.fromEntries(values);
    },
  };
}

/** Whether a worker has only a part of the value: of its first axis. */
function isCut(name: string, whole: Shape | undefined, part: Shape, shards: number): boolean {
  if (`${whole}` === `${part}`) return false;
  if (whole && `${whole}` === `${[part[0]! * shards, ...part.slice(1)]}`) return true;
  throw misfit(name, part, shards);
}

function misfit(name: string, part: Shape | undefined, shards: number): RangeError {
  const rule = `"${name}" must be in the sharded step, shaped as in the whole or ${shards} times shorter`;
  return invalid("compile", rule, part);
}

function mean(parts: readonly Values[]): Values {
  return parts[0]!.map((_, i) => parts.reduce((sum, part) => sum + part[i]!, 0) / parts.length);
}

function concat(parts: readonly Values[]): Values {
  const all = parts[0]!.slice(0, 0);
  const Type = all.constructor as Float32ArrayConstructor;
  const whole = new Type(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
