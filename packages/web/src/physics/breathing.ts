/** Lets the page draw and listen, if the work since the last such rest has taken as long as half a frame. */
export function breathing(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < 8) return;
    await new Promise((resolve) => setTimeout(resolve, 0));
    last = performance.now();
  };
}
