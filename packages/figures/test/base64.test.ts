import { expect, test } from "vitest";
import { base64 } from "../src/base64.ts";

test("base64 agrees with Node's for every remainder of the length by three", () => {
  for (const length of [0, 1, 2, 3, 4, 5, 255, 256, 257]) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 89 + 7) % 256);
    expect(base64(bytes)).toBe(Buffer.from(bytes).toString("base64"));
  }
});
