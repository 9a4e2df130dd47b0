import { type ReadonlySignal, useComputed } from "@preact/signals";
import type { Landscape } from "@symbreak/core";
import { landscapeAlong } from "../physics/landscape.ts";
import type { LineLaw } from "../physics/line-law.ts";
import type { Walk } from "../physics/walks.ts";
import { level } from "../state/cursor.ts";
import { pathOf } from "./path.ts";
import { Plot } from "./plot.tsx";
import { drawHeads, SIDES } from "./river.tsx";
import { linearScale, type Scale } from "./scale.ts";

interface WellProps {
  readonly label: string;
  /** What the curve is: u(x, t) = … */
  readonly formula: string;
  readonly kind: Landscape;
  readonly law: ReadonlySignal<LineLaw>;
  readonly walk: ReadonlySignal<Walk | undefined>;
  readonly height: number;
}

const POINTS = 241;

/** The places at which a landscape is found. */
function gridOf(edge: number): Float64Array {
  return Float64Array.from({ length: POINTS }, (_, i) => edge * ((2 * i) / (POINTS - 1) - 1));
}

/** The highest value shown above the deepest well, and the room below it. */
const [HIGHEST, BELOW] = [3, 0.25];

/** A landscape at the cursor's time with the particles that roll in it. */
export function Well({ label, formula, kind, law, walk, height }: WellProps) {
  const { edge } = law.value;
  // Found once a frame for both the line and the particles on it.
  const curve = useComputed((): Float64Array => {
    const u = landscapeAlong(law.value, gridOf(law.value.edge), level.value, kind);
    const low = Math.min(...u);
    return u.map((value) => value - low);
  });
  return (
    <Plot
      label={label}
      height={height}
      margins={{ ...SIDES, top: 26, bottom: 6 }}
      draw={({ left, right, top, bottom }) => {
        const x = linearScale([-edge, edge], [left, right]);
        const y = linearScale([-BELOW, HIGHEST], [bottom, top]);
        return (context) => {
          if (walk.value === undefined) return;
          const u = curve.value;
          const on = (places: Float64Array, n: number) => {
            const at = ((places[n]! / edge + 1) / 2) * (POINTS - 1);
            const i = Math.min(POINTS - 2, Math.max(0, Math.floor(at)));
            const value = u[i]! + (at - i) * (u[i + 1]! - u[i]!);
            return value > HIGHEST ? Number.NaN : y(value) - 3;
          };
          drawHeads(context, law.value, walk.value, x, on, 3);
        };
      }}
    >
      {({ left, right, top, bottom }) => {
        const x = linearScale([-edge, edge], [left, right]);
        const y = linearScale([-BELOW, HIGHEST], [bottom, top]);
        return (
          <>
            <Curve curve={curve} grid={gridOf(edge)} x={x} y={y} />
            <text x={left + 4} y={16} class="formula">
              {formula}
            </text>
          </>
        );
      }}
    </Plot>
  );
}

interface CurveProps {
  readonly curve: ReadonlySignal<Float64Array>;
  readonly grid: Float64Array;
  readonly x: Scale;
  readonly y: Scale;
}

/** The landscape's line and the ground below it; a component of its own, since it alone changes with the time. */
function Curve({ curve, grid, x, y }: CurveProps) {
  const u = curve.value;
  const line = pathOf(
    POINTS,
    (i) => x(grid[i]!),
    (i) => (u[i]! <= HIGHEST ? y(u[i]!) : Number.NaN),
  );
  const top = pathOf(
    POINTS,
    (i) => x(grid[i]!),
    (i) => y(Math.min(HIGHEST, u[i]!)),
  );
  const [left, right] = x.range;
  const bottom = y.range[0];
  return (
    <>
      <path class="ground" d={`${top}L${right} ${bottom}L${left} ${bottom}Z`} />
      <path class="curve" d={line} />
    </>
  );
}
