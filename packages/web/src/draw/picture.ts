/** An image scaled to its own range; a signed one with its zero in the middle grey. */
export function pictureOf(
  values: Float64Array,
  shape: readonly number[],
  signed: boolean,
): HTMLCanvasElement {
  const [channels, height, width] = shape as readonly [number, number, number];
  const area = height * width;
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d")!;
  const pixels = context.createImageData(width, height);
  const [low, high] = values.reduce(
    ([a, b], value) => [Math.min(a, value), Math.max(b, value)],
    [Infinity, -Infinity],
  );
  const reach = Math.max(Math.abs(low), Math.abs(high)) || 1;
  const shade = (value: number) =>
    signed ? 127.5 * (1 + value / reach) : (255 * (value - low)) / (high - low || 1);
  for (let i = 0; i < area; i++) {
    const of = (channel: number) => shade(values[(channel % channels) * area + i]!);
    pixels.data.set([of(0), of(1), of(2), 255], 4 * i);
  }
  context.putImageData(pixels, 0, 0);
  return canvas;
}
