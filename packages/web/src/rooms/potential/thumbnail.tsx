import { pathOf } from "../../draw/path.ts";
import { noisyLevel } from "../../physics/chain.ts";
import { landscapeAlong } from "../../physics/landscape.ts";
import type { LineLaw } from "../../physics/line-law.ts";

const [WIDTH, HEIGHT, POINTS] = [72, 34, 73];

/** A law's potential when it has split, as a small picture. */
export function Thumbnail({ law }: { readonly law: LineLaw }) {
  const x = Float64Array.from({ length: POINTS }, (_, i) => 3.2 * ((2 * i) / (POINTS - 1) - 1));
  const u = landscapeAlong(law, x, noisyLevel(215), "potential");
  const low = Math.min(...u);
  const d = pathOf(
    POINTS,
    (i) => (WIDTH * i) / (POINTS - 1),
    (i) => HEIGHT - 3 - (HEIGHT / 3.2) * Math.min(4, u[i]! - low),
  );
  return (
    <svg width={WIDTH} height={HEIGHT} aria-hidden="true">
      <path class="curve" d={d} />
    </svg>
  );
}
