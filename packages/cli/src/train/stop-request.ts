/**
 * Asks a run to stop after the step at hand, and save: the first interrupt, or a hang-up, which is a terminal that closes or
 * whoever read our output gone (`ssb train … | head -1`). A second interrupt stops at once.
 */
export function stopRequest(say: (text: string) => void): {
  asked: () => boolean;
  release: () => void;
} {
  let asked = false;
  const stop = (signal: NodeJS.Signals): void => {
    // A closed pipe says so at every line.
    if (asked && signal === "SIGHUP") return;
    if (asked) process.exit(130);
    asked = true;
    say("stopping after this step, then saving; once more to stop at once");
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, stop);
  return {
    asked: () => asked,
    release: () => {
      for (const signal of signals) process.off(signal, stop);
    },
  };
}
