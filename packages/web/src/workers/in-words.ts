/** What engines say of memory that there was not enough of, each in its own way. */
const NO_MEMORY =
  /out of memory|bad_alloc|allocation (size overflow|failed)|(could not|failed to) allocate|Array buffer allocation|Invalid typed array length/i;

/** What went wrong, in words for a reader. */
export function inWords(error: unknown): Error {
  const { message } = error instanceof Error ? error : new Error(String(error));
  if (NO_MEMORY.test(message))
    return new Error(
      "There is not enough memory for this. Close other tabs, or ask for less, and try again.",
    );
  return error instanceof Error ? error : new Error(message);
}
