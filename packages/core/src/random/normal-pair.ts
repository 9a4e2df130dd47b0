/** Taylor coefficients, lowest first; enough that what is left out is below 1e-17. */
const ATANH = Float64Array.from({ length: 11 }, (_, k) => 1 / (2 * k + 1));
const COSINE = taylor(9, 0);
const SINE = taylor(9, 1);

/** (−1)^k/(2k + first)!, k = 0 … count − 1. */
function taylor(count: number, first: number): Float64Array {
  let term = 1;
  return Float64Array.from({ length: count }, (_, k) => {
    const n = 2 * k + first;
    if (k > 0) term /= -n * (n - 1);
    return term;
  });
}

function polynomial(coefficients: Float64Array, x: number): number {
  let sum = 0;
  for (let k = coefficients.length - 1; k >= 0; k--) sum = sum * x + coefficients[k]!;
  return sum;
}

/**
 * Two independent standard normals from two 32-bit words (Box & Muller 1958), into out[at] and out[at + 1].
 *
 * Logarithm, cosine and sine are series in + − × ÷, which IEEE 754 fixes to the last bit, where `Math.log` and
 * `Math.cos` may differ from engine to engine: a seed gives the same doubles everywhere. They are right to 1e-15.
 * The words' 32 bits make a lattice of radii up to 6.77, beyond which a normal falls once in 10^11.
 */
export function normalPair(
  out: Float64Array,
  at: number,
  radiusWord: number,
  angleWord: number,
): void {
  const radius = Math.sqrt(-2 * logOfWord(radiusWord));
  // The top two bits choose a quarter turn; the rest is an angle in (−π/4, π/4).
  const angle = ((angleWord & 0x3fffffff) - 0x1fffffff - 0.5) * (Math.PI / 2 ** 31);
  const square = angle * angle;
  const x = radius * polynomial(COSINE, square);
  const y = radius * angle * polynomial(SINE, square);
  const quarter = angleWord >>> 30;
  out[at] = quarter === 0 ? x : quarter === 1 ? -y : quarter === 2 ? -x : y;
  out[at + 1] = quarter === 0 ? y : quarter === 1 ? x : quarter === 2 ? -y : -x;
}

/** ln((word + ½)/2³²): the exponent by leading zeros, the mantissa m in [√½, √2] by ln m = 2 atanh((m − 1)/(m + 1)). */
function logOfWord(word: number): number {
  const zeros = Math.clz32(word);
  if (zeros === 32) return -33 * Math.LN2;
  let mantissa = ((word << zeros) >>> 0) / 2 ** 31 + ((1 << zeros) >>> 0) / 2 ** 32;
  let exponent = -1 - zeros;
  if (mantissa > Math.SQRT2) {
    mantissa /= 2;
    exponent++;
  }
  const s = (mantissa - 1) / (mantissa + 1);
  return 2 * s * polynomial(ATANH, s * s) + exponent * Math.LN2;
}
