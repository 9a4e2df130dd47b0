import { vi } from "vitest";
import { main } from "../../src/main.ts";

/** What a command printed, and its exit code. */
export interface Called {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command in this process, which is quicker than {@link ssb} and does all but start up and exit. */
export async function call(args: readonly string[]): Promise<Called> {
  const output = { stdout: "", stderr: "" };
  const spies = (["stdout", "stderr"] as const).map((name) =>
    vi.spyOn(process[name], "write").mockImplementation((text) => {
      output[name] += text;
      return true;
    }),
  );
  try {
    return { code: await main(args), ...output };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

/** The object that `--json` printed; throws with what was said on stderr otherwise. */
export async function json(args: readonly string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await call([...args, "--json"]);
  if (code !== 0) throw new Error(`exit ${code}: ${stderr}`);
  return JSON.parse(stdout);
}
