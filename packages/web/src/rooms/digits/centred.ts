import { SIDE, VALUES } from "../../physics/digits.ts";

/** MNIST's digits fill a box of 20 pixels, their centre of mass in the middle of 28 (LeCun et al. 1998). */
const BOX = 20;

/**
 * A drawing (side × side, 0 empty to 1 ink) as MNIST would hold it, 28 × 28 from −1 to 1: scaled to its box by area and put
 * with its centre of mass in the middle. Undefined for an empty drawing.
 */
export function centred(ink: Float32Array, side: number): Float32Array | undefined {
  let [left, right, top, bottom] = [side, -1, side, -1];
  ink.forEach((value, i) => {
    if (value < 0.05) return;
    const [x, y] = [i % side, Math.floor(i / side)];
    left = Math.min(left, x);
    right = Math.max(right, x + 1);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y + 1);
  });
  if (right < 0) return undefined;
  const scale = BOX / Math.max(right - left, bottom - top);
  // Each pixel of the drawing gives its ink to the pixel in which its middle falls; sums are areas.
  const small = new Float32Array(VALUES);
  let [mass, massX, massY] = [0, 0, 0];
  const place = (x: number, y: number, dx: number, dy: number, value: number) => {
    const [column, row] = [Math.floor(x + dx), Math.floor(y + dy)];
    if (column >= 0 && column < SIDE && row >= 0 && row < SIDE)
      small[row * SIDE + column]! += value * scale * scale;
  };
  const each = (visit: (x: number, y: number, value: number) => void) => {
    for (let y = top; y < bottom; y++)
      for (let x = left; x < right; x++)
        visit((x + 0.5 - left) * scale, (y + 0.5 - top) * scale, ink[y * side + x]!);
  };
  each((x, y, value) => {
    mass += value;
    massX += value * x;
    massY += value * y;
  });
  const [dx, dy] = [SIDE / 2 - massX / mass, SIDE / 2 - massY / mass];
  each((x, y, value) => place(x, y, dx, dy, value));
  return small.map((value) => 2 * Math.min(1, value) - 1);
}
