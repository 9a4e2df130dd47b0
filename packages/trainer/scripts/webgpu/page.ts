import * as ort from "onnxruntime-web/webgpu";
import { type OnnxRuntimeWeb, onnxruntimeWebEngine } from "../../src/engines/onnxruntime/web.ts";
import { interpreted } from "../../test/support/interpreted.ts";
import { STATE, tinyFeeds, tinyState, tinyStep } from "../../test/support/tiny-step.ts";

/** Says something to check.ts. */
const say = (text: string): Promise<unknown> => fetch("/say", { method: "POST", body: text });

interface Gpu {
  requestAdapter(): Promise<{ info: { vendor: string; architecture: string } } | null>;
}

try {
  const { gpu } = navigator as unknown as { gpu?: Gpu };
  const info = (await gpu?.requestAdapter())?.info;
  await say(info ? `adapter: ${info.vendor} ${info.architecture}` : "no adapter");

  const { program } = tinyStep(4);
  const feeds = [0, 1, 2].map((step) => tinyFeeds(4, step));
  const wanted = interpreted(program, STATE, tinyState(), feeds);
  for (const provider of ["wasm", "webgpu"]) {
    const runtime = ort as unknown as OnnxRuntimeWeb;
    const engine = onnxruntimeWebEngine(runtime, { threads: 1, providers: [provider] });
    const step = await engine.compile(program, { state: STATE });
    await step.load(tinyState());
    for (const fed of feeds) await step.run(fed);
    const end = await step.read();
    const errors = Object.entries(wanted.state).map(([name, values]) => {
      const off = Array.from(values, (v, i) => Math.abs(v - end[name]![i]!));
      return `${name} ${Math.max(...off).toExponential(1)}`;
    });
    await say(`${step.description}: largest errors after 3 steps: ${errors.join(", ")}`);
    await engine.dispose();
  }
} catch (error) {
  await say(String(error));
}
await say("done");
