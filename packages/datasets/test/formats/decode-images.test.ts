import fc from "fast-check";
import sharp from "sharp";
import { expect, test } from "vitest";
import { decode, decodeImages } from "../../src/formats/decode-images.ts";
import type { EncodedImage } from "../../src/formats/encoded-image.ts";
import { jpeg, png } from "../support/encode.ts";
import { damaged, validOrRefused } from "../support/fuzz.ts";

const decodeAll = (images: readonly Uint8Array[], resize?: number) =>
  decodeImages(
    images.length,
    async (i) => ({ bytes: images[i]!, file: `${i}.png` }),
    resize === undefined ? {} : { resize },
  );
const image = (bytes: Uint8Array): EncodedImage => ({ bytes, file: "x.png" });

test("colour images have three channels, channels first, byte for byte", async () => {
  const { values: images, shape } = await decodeAll([await png([1, 2, 3, 4, 5, 6], 2, 3)]);
  expect(shape).toEqual([3, 1, 2]);
  expect(images).toEqual(Uint8Array.of(1, 4, 2, 5, 3, 6));
});

test("a set that is gray all over has one channel, however it is stored", async () => {
  const gray = await png([7, 8], 2, 1);
  const rgb = await png([9, 9, 9, 10, 10, 10], 2, 3);
  const { values: images, shape } = await decodeAll([gray, rgb]);
  expect(shape).toEqual([1, 1, 2]);
  expect(images).toEqual(Uint8Array.of(7, 8, 9, 10));
});

test("one colour pixel makes three channels of all images", async () => {
  const { values: images, shape } = await decodeAll([
    await png([7], 1, 1),
    await png([1, 2, 3], 1, 3),
  ]);
  expect(shape).toEqual([3, 1, 1]);
  expect(images).toEqual(Uint8Array.of(7, 7, 7, 1, 2, 3));
});

test("a JPEG of one colour is that colour", async () => {
  const { values: images, shape } = await decodeAll([await jpeg([200, 30, 60], 8, 8)]);
  expect(shape).toEqual([3, 8, 8]);
  for (const [c, value] of [200, 30, 60].entries()) {
    expect(Math.abs(images[64 * c]! - value)).toBeLessThanOrEqual(2);
  }
});

test("16 bits become 8, alpha lies on black, EXIF orientation is applied", async () => {
  const raw = { width: 2, height: 1, channels: 1 as const };
  const deep = sharp(Uint16Array.of(257 * 5, 257 * 250), { raw })
    .toColourspace("grey16")
    .png();
  expect((await decode(image(await deep.toBuffer()))).pixels).toEqual(
    Uint8Array.of(5, 5, 5, 250, 250, 250),
  );
  const rgba = sharp(Uint8Array.of(200, 100, 50, 0, 200, 100, 50, 255), {
    raw: { width: 2, height: 1, channels: 4 },
  }).png();
  expect((await decode(image(await rgba.toBuffer()))).pixels).toEqual(
    Uint8Array.of(0, 0, 0, 200, 100, 50),
  );
  const turned = sharp(await jpeg([9, 9, 9], 4, 2))
    .withMetadata({ orientation: 6 })
    .jpeg();
  expect(await decode(image(await turned.toBuffer()))).toMatchObject({ width: 2, height: 4 });
});

test("images of differing size are an error that says what to do", async () => {
  const images = [await png([1, 2], 2, 1), await png([1, 2], 1, 1)];
  await expect(decodeAll(images)).rejects.toThrow(
    "1.png: expected 2 × 1 pixels, as 0.png has, found 1 × 2. Give resize to bring all images to one size",
  );
});

test("resize brings them to one square, cutting the longer side evenly", async () => {
  const bars = [0, 0, 90, 90, 90, 90, 200, 200];
  const { values: images, shape } = await decodeAll(
    [await png([...bars, ...bars, ...bars, ...bars], 8, 1), await jpeg([9, 9, 9], 5, 7)],
    4,
  );
  expect(shape).toEqual([1, 4, 4]);
  expect(Array.from(images.subarray(0, 16))).toEqual(Array(16).fill(90));
  await expect(decodeAll([await png([1], 1, 1)], 0)).rejects.toThrow(
    "resize must be a number of pixels",
  );
});

test("other formats are refused by their first bytes", async () => {
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>');
  await expect(decode(image(svg))).rejects.toThrow(
    "x.png, byte 0: expected a PNG, JPEG, WebP, GIF, TIFF or AVIF, found 3c737667",
  );
  await expect(decode(image(new Uint8Array(0)))).rejects.toThrow("found nothing");
});

test("an image of more pixels than 2²⁶ is refused before it is decoded", async () => {
  const bytes = Buffer.from(await png([0], 1, 1));
  bytes.writeUInt32BE(100_000, 16);
  bytes.writeUInt32BE(100_000, 20);
  await expect(decode(image(bytes))).rejects.toThrow(/expected a sound PNG or JPEG/);
  const large = sharp({ create: { width: 8193, height: 8192, channels: 3, background: "black" } });
  const file = image(await large.png({ compressionLevel: 9 }).toBuffer());
  await expect(decode(file)).rejects.toThrow("Input image exceeds pixel limit");
});

test("any truncation or flipped bits give as many pixels as the size says, or a DatasetError", async () => {
  const files = [
    await png(
      Array.from({ length: 48 }, (_, i) => i * 5),
      4,
      3,
    ),
    await jpeg([1, 2, 3], 8, 8),
  ];
  for (const bytes of files) {
    await fc.assert(
      fc.asyncProperty(damaged(bytes, 60), (broken) =>
        validOrRefused(
          () => decode(image(broken)),
          ({ pixels, width, height }) => expect(pixels.length).toBe(3 * width * height),
        ),
      ),
      { numRuns: 100 },
    );
  }
});
