/**
 * The 97.5 % quantile of Student's t with `degrees` of freedom, right to 0.3 % from 5 on: Abramowitz and Stegun 1964,
 * 26.7.5.
 */
export function studentQuantile(degrees: number): number {
  const z = 1.959963984540054;
  const first = (z ** 3 + z) / 4;
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  return z + first / degrees + second / degrees ** 2 + third / degrees ** 3;
}
