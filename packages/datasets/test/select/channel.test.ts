import { expect, test } from "vitest";
import { channel } from "../../src/select/channel.ts";
import { imageSet } from "../support/image-set.ts";

/** Two 3×1×2 images. */
const colour = imageSet([10, 11, 20, 21, 30, 31, 40, 41, 50, 51, 60, 61], {
  count: 2,
  shape: [3, 1, 2],
});

test("one channel is taken out of each image", () => {
  const green = channel(colour, 1);
  expect(green).toMatchObject({ count: 2, shape: [1, 1, 2], selection: ["channel 1"] });
  expect(Array.from(green.values)).toEqual([20, 21, 50, 51]);
});

test("gray is BT.601 luma, rounded", () => {
  const gray = channel(colour, "gray");
  expect(gray.selection).toEqual(["gray"]);
  // 0.299·10 + 0.587·20 + 0.114·30 = 18.15
  expect(Array.from(gray.values)).toEqual([18, 19, 48, 49]);
});

test("equal channels are their own gray, for every byte", () => {
  const bytes = Array.from({ length: 256 }, (_, byte) => byte);
  const same = imageSet(
    bytes.flatMap((b) => [b, b, b]),
    { count: 256, shape: [3, 1, 1] },
  );
  expect(Array.from(channel(same, "gray").values)).toEqual(bytes);
  expect(channel(imageSet([1, 2]), "gray").values).toEqual(Uint8Array.of(1, 2));
});

test("a channel that is not there is refused", () => {
  expect(() => channel(colour, 3)).toThrow('channel: channel must be "gray" or 0 to 2, got 3');
  expect(() => channel(colour, 0.5)).toThrow(RangeError);
  const two = imageSet([1, 2], { count: 1, shape: [2, 1, 1] });
  expect(() => channel(two, "gray")).toThrow('"gray" needs a set with 1 or 3 channels, got 2');
});
