/** Runs `work` for 0 … count − 1, at most `limit` at a time; the first failure stops the rest and is thrown. */
export async function concurrently(
  count: number,
  limit: number,
  work: (index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) {
      try {
        await work(next++);
      } catch (error) {
        next = count;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: limit }, worker));
}
