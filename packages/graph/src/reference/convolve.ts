import type { ConvAttributes } from "../ops/conv-geometry.ts";
import type { Shape } from "../tensor.ts";

/** Calls `visit` with the flat positions in x, the filter and y of every product that a convolution adds up. */
export function convolve(
  x: Shape,
  filter: Shape,
  y: Shape,
  { stride, padding: [top, left] }: ConvAttributes,
  visit: (x: number, filter: number, y: number) => void,
): void {
  const [, c, h, w] = x as [number, number, number, number];
  const [, , kh, kw] = filter as [number, number, number, number];
  const [n, o, oh, ow] = y as [number, number, number, number];
  for (let i = 0, at = 0; i < n; i++) {
    for (let f = 0; f < o; f++) {
      for (let row = 0; row < oh; row++) {
        for (let column = 0; column < ow; column++, at++) {
          for (let channel = 0; channel < c; channel++) {
            for (let r = 0; r < kh; r++) {
              const from = row * stride + r - top;
              if (from < 0 || from >= h) continue;
              for (let s = 0; s < kw; s++) {
                const to = column * stride + s - left;
                if (to < 0 || to >= w) continue;
                visit(
                  ((i * c + channel) * h + from) * w + to,
                  ((f * c + channel) * kh + r) * kw + s,
                  at,
                );
              }
            }
          }
        }
      }
    }
  }
}
