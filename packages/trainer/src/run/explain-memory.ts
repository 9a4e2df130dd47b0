/** How engines and JavaScript say that there is no more memory. */
const SIGNS =
  /bad_alloc|failed to allocate|allocation failed|out of memory|resource_?exhausted|\bOOM\b/i;

/** An error of an engine: where it means that memory ran out, one that says so and what helps; else the same. */
export function explainMemory(error: unknown, batch: number): unknown {
  const message = error instanceof Error ? error.message : String(error);
  if (!SIGNS.test(message)) return error;
  const help =
    batch > 1 ? `a smaller batch (now ${batch}) or a smaller network` : "a smaller network";
  return new Error(`train: out of memory: take ${help}. The engine said: ${message}`, {
    cause: error,
  });
}
