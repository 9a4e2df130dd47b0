import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { EngineReport } from "@symbreak/trainer";

/** Opens one engine and prints the trainer's report on it. */
const SCRIPT = `
const [name, trainer, node] = process.argv.slice(1);
const [{ probeEngines }, { nodeEngines }] = await Promise.all([import(trainer), import(node)]);
const [report] = await probeEngines(nodeEngines.filter((engine) => engine.name === name));
process.stdout.write("\\n" + JSON.stringify(report), () => process.exit(0));
`;

/** Every engine that Node can have, each opened in a process of its own: a broken native part takes nothing along. */
export async function probeAll(): Promise<EngineReport[]> {
  const { nodeEngines } = await import("@symbreak/trainer/node");
  return Promise.all(nodeEngines.map(({ name, install }) => probe(name, install)));
}

async function probe(name: EngineReport["name"], install: string): Promise<EngineReport> {
  const packages = ["@symbreak/trainer", "@symbreak/trainer/node"].map((id) =>
    import.meta.resolve(id),
  );
  const args = [...process.execArgv, "--input-type=module", "--eval", SCRIPT, name, ...packages];
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 60_000 });
    return JSON.parse(stdout.slice(stdout.lastIndexOf("\n") + 1));
  } catch (error) {
    const { signal, message } = error as { signal?: string | null; message: string };
    const reason = signal ? `opening it ended with ${signal}` : message.split("\n")[0]!;
    return { name, available: false, reason, install };
  }
}
