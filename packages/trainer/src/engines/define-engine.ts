import { checkState, checkValues, splitInputs } from "./check-values.ts";
import type { Compiled, Engine } from "./engine.ts";

/** An engine from its essentials: adds the checks of names, types and lengths, and disposes what was compiled. */
export function defineEngine({ name, description, compile, dispose }: Engine): Engine {
  const live = new Set<Compiled>();
  return {
    name,
    description,
    compile: async (program, options) => {
      checkState(program, options.state);
      const { kept, fed } = splitInputs(program, options.state);
      const inner = await compile(program, options);
      let loaded = kept.length === 0;
      const compiled: Compiled = {
        description: inner.description,
        load: async (state) => {
          checkValues("load", program, kept, state);
          await inner.load(state);
          loaded = true;
        },
        run: async (feeds) => {
          if (!loaded) throw new Error("run: the state must be loaded first");
          checkValues("run", program, fed, feeds);
          return inner.run(feeds);
        },
        read: async () => {
          if (!loaded) throw new Error("read: the state must be loaded first");
          return inner.read();
        },
        dispose: async () => {
          if (live.delete(compiled)) await inner.dispose();
        },
      };
      live.add(compiled);
      return compiled;
    },
    dispose: async () => {
      for (const compiled of live) await compiled.dispose();
      await dispose();
    },
  };
}
