import { pathOf } from "../../draw/path.ts";
import { AxisY, Plot } from "../../draw/plot.tsx";
import { linearScale } from "../../draw/scale.ts";
import { StepAxis } from "../../draw/step-axis.tsx";
import { BOTTOM, TOP } from "../../physics/chain.ts";
import { PARTS } from "../../physics/training.ts";
import { at } from "../../state/cursor.ts";
import { least, lossByPart } from "./state.ts";

/** The loss by noise level: the network's as it falls, and the least that there is. */
export function LossChart() {
  return (
    <Plot
      label="Loss of the network by noise level, beside the least possible"
      height={170}
      margins={{ left: 46, right: 14, top: 26, bottom: 38 }}
    >
      {({ left, right, top, bottom }) => {
        const x = linearScale([TOP, BOTTOM], [left, right]);
        const y = linearScale([0, 1], [bottom, top]);
        const middle = (k: number) => x(((k + 0.5) * 1000) / PARTS);
        const best = least.value ?? [];
        return (
          <>
            <StepAxis scale={x} at={bottom} label="noise → data" />
            <AxisY
              scale={y}
              at={left}
              ticks={[0, 0.5, 1]}
              label="loss of the noise"
              grid={right - left}
            />
            {lossByPart.value.map((loss, k) =>
              loss === null ? null : (
                <rect
                  key={`part ${k + 1}`}
                  class="bar"
                  x={middle(k) - (right - left) / PARTS / 2 + 1}
                  width={(right - left) / PARTS - 2}
                  y={y(Math.min(1.1, loss))}
                  height={bottom - y(Math.min(1.1, loss))}
                />
              ),
            )}
            <path
              class="curve"
              d={pathOf(
                best.length,
                (k) => middle(k),
                (k) => y(best[k]!),
              )}
            />
            <text class="halo" x={left + 6} y={top + 10}>
              line: the least possible for these points
            </text>
            <line class="middle" x1={x(at.value)} x2={x(at.value)} y1={top} y2={bottom} />
          </>
        );
      }}
    </Plot>
  );
}
