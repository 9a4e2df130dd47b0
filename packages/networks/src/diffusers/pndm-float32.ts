import { combine, type Quirks } from "@symbreak/samplers";

const round = Math.fround;
const root = (value: number): number => round(Math.sqrt(round(value)));

/**
 * PNDM's transfer with the coefficients of diffusers' formula, each operation rounded to float32: far from the data its
 * terms cancel, and only the same roundings give the same numbers. `alphaBar` looks a timestep up.
 */
export function pndmFloat32Transfer(
  alphaBar: (timestep: number) => number,
): NonNullable<Quirks["transfer"]> {
  return (x, epsilon, from, to) => {
    const [a, next] = [alphaBar(from.timestep), alphaBar(to.timestep)];
    const across = root(round(a * round(1 - a)) * next);
    const denominator = round(round(a * root(1 - next)) + across);
    const ofEpsilon = -round(next - a) / denominator;
    const denoised = combine([1 / from.alpha, x], [-from.sigma / from.alpha, epsilon]);
    return { x: combine([root(next / a), x], [ofEpsilon, epsilon]), denoised };
  };
}
