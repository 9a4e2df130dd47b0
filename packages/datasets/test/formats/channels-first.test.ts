import { expect, test } from "vitest";
import { channelsFirst } from "../../src/formats/channels-first.ts";

test("pixels of (r, g, b) become a plane of r, one of g and one of b, at the offset", () => {
  const out = new Uint8Array(7);
  channelsFirst(Uint8Array.of(1, 2, 3, 4, 5, 6), 3, out, 1);
  expect(out).toEqual(Uint8Array.of(0, 1, 4, 2, 5, 3, 6));
});
