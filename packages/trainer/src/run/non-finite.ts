import { invalid } from "@symbreak/core";
import {
  input,
  mul,
  type Node,
  type Program,
  program,
  sizeOf,
  sum,
  type Tensor,
} from "@symbreak/graph";
import type { Engine, ValuesByName } from "../engines/engine.ts";
import type { Layout } from "../step/layout.ts";
import type { TrainingStep } from "../step/training-step.ts";

/** Where numbers stopped being numbers. */
export interface NonFinite {
  /** As parameters are named, without `.weight` or `.bias`; undefined before the first layer. */
  readonly layer: string | undefined;
  /** The graph's name of what was computed there: `conv2d`, `exp`, … or `parameters` where weights are bad already. */
  readonly operation: string;
}

/**
 * Runs a training step again, on the same engine, state and feeds, and finds the first value in it that is infinite or
 * not a number. Costs about a step; undefined where all is finite.
 */
export async function firstNonFinite(
  engine: Engine,
  { program: step, layout }: Pick<TrainingStep, "program" | "layout">,
  state: ValuesByName,
  feeds: ValuesByName,
): Promise<NonFinite | undefined> {
  const { parameters } = state;
  if (parameters === undefined)
    throw invalid("firstNonFinite", "state must hold parameters", state);
  const bad = parameters.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) return { layer: layerOf(parameterAt(layout, bad)), operation: "parameters" };
  const layers = layersOf(step, layout);
  const tensors = step.nodes
    .filter(({ op }) => op.name !== "input" && op.name !== "constant")
    .flatMap(({ outputs }) => outputs)
    .filter(({ dtype }) => dtype === "float32");
  // Zero times anything finite is zero; what is fed cannot be simplified away.
  const zero = input("zero", []);
  const checks = program(
    Object.fromEntries(tensors.map((tensor, i) => [`check.${i}`, sum(mul(tensor, zero))])),
  );
  const compiled = await engine.compile(checks, { state: {} });
  try {
    const given: ValuesByName = { ...state, ...feeds, zero: Float32Array.of(0) };
    const names = Object.keys(checks.inputs).map((name) => [name, given[name]!]);
    const results = await compiled.run(Object.fromEntries(names));
    const first = tensors.findIndex((_, i) => !Number.isFinite(results[`check.${i}`]![0]!));
    if (first < 0) return undefined;
    const { node } = tensors[first]!;
    return { layer: layers.get(node), operation: node.op.name };
  } finally {
    await compiled.dispose();
  }
}

/** For each node, the layer whose weights it uses, or else that of what it was computed from last. */
function layersOf({ nodes }: Program, layout: Layout): Map<Node, string | undefined> {
  const weights = new Map<Node, string>();
  const layers = new Map<Node, string | undefined>();
  for (const node of nodes) {
    const weight = weightOf(node, weights, layout);
    if (weight !== undefined) weights.set(node, weight);
    const own = node.inputs.map((tensor) => weights.get(tensor.node)).find(Boolean);
    const before = node.inputs.filter((tensor) => layers.get(tensor.node) !== undefined);
    const last = before.toSorted((a, b) => b.node.id - a.node.id)[0];
    layers.set(node, own ? layerOf(own) : last && layers.get(last.node));
  }
  return layers;
}

/** The parameter that a node cuts out of the packed vector, or gives another shape. */
function weightOf(
  { op, inputs, attributes }: Node,
  weights: ReadonlyMap<Node, string>,
  layout: Layout,
): string | undefined {
  const [from] = inputs;
  if (op.name === "reshape" || op.name === "transpose") return weights.get(from!.node);
  if (op.name !== "slice" || !isParameters(from!)) return undefined;
  return parameterAt(layout, (attributes as { begin: readonly number[] }).begin[0]!);
}

function isParameters({ node }: Tensor): boolean {
  return node.op.name === "input" && (node.attributes as { name: string }).name === "parameters";
}

function parameterAt(layout: Layout, offset: number): string {
  let end = 0;
  return Object.entries(layout).find(([, shape]) => {
    end += sizeOf(shape);
    return offset < end;
  })![0];
}

function layerOf(parameter: string): string {
  return parameter.replace(/\.(weight|bias)$/, "");
}
