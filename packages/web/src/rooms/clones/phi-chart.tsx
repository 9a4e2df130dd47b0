import { pathOf } from "../../draw/path.ts";
import { AxisX, Plot } from "../../draw/plot.tsx";
import { linearScale } from "../../draw/scale.ts";
import { TypesetSvg } from "../../draw/subscript.tsx";
import { BOTTOM, TOP } from "../../physics/chain.ts";
import { at } from "../../state/cursor.ts";
import { exactPhi, measured, NONE, revealed, speciation, state, turns } from "./state.ts";

const THRESHOLD = 0.775;

/** phi against time, on the river's own axis: closed form, clones as they are measured, U-turns, the reader's guess. */
export function PhiChart({ height }: { readonly height: number }) {
  const strangers = state.weight.value ** 2 + (1 - state.weight.value) ** 2;
  const lowest = Math.min(0.4, strangers - 0.06);
  return (
    <Plot
      label="Probability that two clones end in one class, against the time at which they part"
      height={height}
      margins={{ left: 12, right: 16, top: 6, bottom: 26 }}
    >
      {({ left, right, top, bottom }) => {
        const x = linearScale([lowest, 1], [left, right]);
        const y = linearScale([TOP, BOTTOM], [top, bottom]);
        const times = Array.from({ length: 126 }, (_, i) => TOP - 8 * i).filter((t) => t >= 0);
        return (
          <>
            <AxisX scale={x} at={bottom} ticks={[0.5, 0.6, 0.7, 0.8, 0.9, 1]} grid={bottom - top} />
            {!revealed.value && (
              <text x={(left + right) / 2} y={(top + bottom) / 2} text-anchor="middle" class="note">
                Guess first.
              </text>
            )}
            {revealed.value && (
              <>
                <g class="split">
                  <line x1={x(THRESHOLD)} x2={x(THRESHOLD)} y1={top} y2={bottom} />
                  <text x={x(THRESHOLD) + 4} y={top + 12}>
                    φ = 0.775
                  </text>
                </g>
                <path
                  class="curve"
                  d={pathOf(
                    times.length,
                    (i) => x(exactPhi(times[i]!)),
                    (i) => y(times[i]!),
                  )}
                />
                {speciation.value !== undefined && (
                  <g class="split" transform={`translate(0,${y(speciation.value)})`}>
                    <line x1={left} x2={right} />
                    <text x={right - 4} y={-5} text-anchor="end">
                      speciation <TypesetSvg text="t_S" />
                    </text>
                  </g>
                )}
                {turns.value?.curve.map(({ ddpmIndex, returned }) => (
                  <rect
                    key={ddpmIndex}
                    class="turned"
                    x={x(returned.value) - 4}
                    y={y(ddpmIndex ?? TOP) - 4}
                    width={8}
                    height={8}
                  />
                ))}
                {measured.value?.curve.phi.map(({ ddpmIndex, value, low, high }) => (
                  <g
                    key={ddpmIndex}
                    class="point"
                    transform={`translate(0,${y(ddpmIndex ?? TOP)})`}
                  >
                    <line x1={x(Math.max(lowest, low))} x2={x(high)} />
                    <circle cx={x(value)} r={3.5} />
                  </g>
                ))}
                {state.guess.value !== NONE && (
                  <g class="guess" transform={`translate(0,${y(state.guess.value)})`}>
                    <line x1={left} x2={right} />
                    <text x={left + 4} y={14} class="halo">
                      your guess
                    </text>
                  </g>
                )}
              </>
            )}
            <Now left={left} right={right} y={y} />
          </>
        );
      }}
    </Plot>
  );
}

function Now({ left, right, y }: { left: number; right: number; y: (t: number) => number }) {
  return (
    <g class="now" transform={`translate(0,${y(at.value)})`}>
      <line x1={left} x2={right} />
    </g>
  );
}
