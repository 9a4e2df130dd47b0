import { crc32, deflateSync } from "node:zlib";
import fc from "fast-check";
import sharp from "sharp";
import { expect, test } from "vitest";
import { smallPng } from "../../src/formats/small-png.ts";
import { png } from "../support/encode.ts";
import { damaged } from "../support/fuzz.ts";

const bySharp = async (bytes: Uint8Array) => {
  const { data, info } = await sharp(bytes)
    .toColourspace("srgb")
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { pixels: new Uint8Array(data), width: info.width, height: info.height };
};

test("any gray or RGB image, under every row filter, is what sharp makes of it", async () => {
  const images = fc.record({
    channels: fc.constantFrom(1 as const, 3 as const),
    width: fc.integer({ min: 1, max: 9 }),
    height: fc.integer({ min: 1, max: 9 }),
    seed: fc.integer({ min: 1, max: 2 ** 16 }),
    step: fc.integer({ min: 0, max: 40 }),
  });
  await fc.assert(
    fc.asyncProperty(images, async ({ channels, width, height, seed, step }) => {
      const pixels = Uint8Array.from(
        { length: channels * width * height },
        (_, i) => seed + ((i * step * (i % 5)) >> 1),
      );
      const image = sharp(pixels, { raw: { width, height, channels } });
      const space = channels === 1 ? "b-w" : "srgb";
      const bytes = await image.toColourspace(space).png({ adaptiveFiltering: true }).toBuffer();
      const decoded = smallPng(bytes);
      expect(decoded).toBeDefined();
      expect(decoded).toEqual(await bySharp(bytes));
    }),
    { numRuns: 200 },
  );
});

test("each of the five row filters is undone", async () => {
  const pixels = Uint8Array.from({ length: 10 * 8 * 3 }, (_, i) => (i * i * 7919) >> 4);
  const bytes = encode(pixels, 8, [0, 1, 2, 3, 4, 4, 3, 2, 1, 0]);
  expect(smallPng(bytes)).toEqual({ pixels, width: 8, height: 10 });
  expect(smallPng(bytes)).toEqual(await bySharp(bytes));
  expect(smallPng(encode(pixels, 8, [5, 0, 0, 0, 0, 0, 0, 0, 0, 0]))).toBeUndefined();
});

test("everything but the plainest is left to sharp", async () => {
  const rgba = sharp(new Uint8Array(16), { raw: { width: 2, height: 2, channels: 4 } });
  const rgb = sharp(new Uint8Array(12), { raw: { width: 2, height: 2, channels: 3 } });
  const deep = sharp(new Uint16Array(4), { raw: { width: 2, height: 2, channels: 1 } });
  const others = [
    rgba.png(),
    rgb.clone().png({ palette: true }),
    rgb.clone().png({ progressive: true }),
    rgb.clone().withIccProfile("p3").png(),
    rgb
      .clone()
      .withExif({ IFD0: { Artist: "x" } })
      .png(),
    deep.toColourspace("grey16").png(),
    rgb.clone().jpeg(),
    sharp({ create: { width: 257, height: 256, channels: 3, background: "red" } }).png(),
  ];
  for (const image of others) expect(smallPng(await image.toBuffer())).toBeUndefined();
});

test("a damaged file is left to sharp, or gives the same pixels", async () => {
  const bytes = await png([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 2, 3);
  const whole = smallPng(bytes);
  fc.assert(
    fc.property(damaged(bytes), (broken) => {
      const decoded = smallPng(broken);
      if (decoded !== undefined) expect(decoded).toEqual(whole);
    }),
    { numRuns: 2000 },
  );
});

/** An RGB PNG whose rows are filtered as told: None, Sub, Up, Average, Paeth. */
function encode(pixels: Uint8Array, width: number, filters: readonly number[]): Uint8Array {
  const stride = 3 * width;
  const rows = filters.flatMap((filter, y) => {
    const at = (x: number, row: number) => (x < 0 || row < 0 ? 0 : pixels[row * stride + x]!);
    const row = Array.from({ length: stride }, (_, x) => {
      const [a, b, c] = [at(x - 3, y), at(x, y - 1), at(x - 3, y - 1)];
      const nearest = [a, b, c].reduce((best, v) =>
        Math.abs(a + b - c - v) < Math.abs(a + b - c - best) ? v : best,
      );
      return at(x, y) - [0, a, b, Math.floor((a + b) / 2), nearest][filter % 5]!;
    });
    return [filter, ...row];
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(filters.length, 4);
  header.set([8, 2], 8);
  const chunk = (type: string, data: Uint8Array) => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
  };
  return Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Uint8Array.from(rows))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
