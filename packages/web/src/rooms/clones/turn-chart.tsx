import type { Draw } from "../../draw/canvas.tsx";
import { AxisY, Plot } from "../../draw/plot.tsx";
import { hue } from "../../draw/river.tsx";
import { linearScale, ticks } from "../../draw/scale.ts";
import { BOTTOM } from "../../physics/chain.ts";
import { law, turn } from "./state.ts";

/** Data on its way up into the noise and back: each way in the colour of the class where it began, then where it ended. */
export function TurnChart({ height }: { readonly height: number }) {
  const { edge } = law.value;
  return (
    <Plot
      label="Data noised up to the cursor's time, and its way back"
      height={height}
      margins={{ left: 40, right: 12, top: 10, bottom: 24 }}
      draw={({ left, right, top, bottom }): Draw =>
        (context) => {
          const found = turn.value;
          if (found === undefined) return;
          const y = linearScale([-edge, edge], [bottom, top]);
          const high = found.down.levels[0]!.timestep;
          const up = linearScale([BOTTOM, high], [left, (left + right) / 2]);
          const down = linearScale([high, BOTTOM], [(left + right) / 2, right]);
          context.lineWidth = 0.9;
          context.globalAlpha = 0.6;
          for (const [walk, x, classes] of [
            [found.up, up, found.from],
            [found.down, down, found.to],
          ] as const) {
            const ways = walk.states.map((state) => law.value.along(state));
            classes.forEach((index, n) => {
              context.strokeStyle = hue(index);
              context.beginPath();
              ways.forEach((way, k) => {
                context.lineTo(x(walk.levels[k]!.timestep), y(way[n]!));
              });
              context.stroke();
            });
          }
        }}
    >
      {({ left, right, top, bottom }) => (
        <>
          <AxisY
            scale={linearScale([-edge, edge], [bottom, top])}
            at={left}
            ticks={ticks([-edge, edge], 5)}
          />
          <line
            class="middle"
            x1={(left + right) / 2}
            x2={(left + right) / 2}
            y1={top}
            y2={bottom}
          />
          <text class="side" x={left} y={bottom + 18}>
            data
          </text>
          <text class="side" x={(left + right) / 2} y={bottom + 18} text-anchor="middle">
            turn at the cursor
          </text>
          <text class="side" x={right} y={bottom + 18} text-anchor="end">
            back
          </text>
        </>
      )}
    </Plot>
  );
}
