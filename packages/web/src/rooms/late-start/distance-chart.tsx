import { pathOf } from "../../draw/path.ts";
import { AxisY, Plot } from "../../draw/plot.tsx";
import { linearScale, ticks } from "../../draw/scale.ts";
import { StepAxis } from "../../draw/step-axis.tsx";
import { BOTTOM, TOP } from "../../physics/chain.ts";
import { automatic, curve, floor, late, noise, start, state } from "./state.ts";

/** Distance from the data against where the late column starts; dragging moves the start. */
export function DistanceChart() {
  const points = curve.value;
  const least = floor.value ?? 0;
  const most = Math.max(
    noise.value?.distance ?? 0,
    late.value?.distance ?? 0,
    ...points.filter(({ at }) => at > 150).map(({ distance }) => distance),
    2 * least,
    1e-3,
  );
  return (
    <Plot
      label="Distance of the samples from the data, against the step at which the late column starts"
      height={190}
      margins={{ left: 46, right: 14, top: 26, bottom: 40 }}
      over={({ left, right, top, bottom }) => {
        const x = linearScale([TOP, BOTTOM], [left, right]);
        const move = (event: PointerEvent) => {
          state.start.value = Math.min(
            TOP,
            Math.max(5, Math.round(x.invert(left + event.offsetX))),
          );
        };
        return (
          <div
            class="drag sideways"
            aria-hidden="true"
            style={{
              left: `${left}px`,
              top: `${top}px`,
              width: `${right - left}px`,
              height: `${bottom - top}px`,
            }}
            onPointerDown={(event) => {
              event.currentTarget.setPointerCapture(event.pointerId);
              move(event);
            }}
            onPointerMove={(event) => {
              if (event.buttons !== 0) move(event);
            }}
          />
        );
      }}
    >
      {({ left, right, top, bottom }) => {
        const x = linearScale([TOP, BOTTOM], [left, right]);
        const y = linearScale([0, 1.1 * most], [bottom, top]);
        const inside = (value: number) => (value <= 1.1 * most ? y(value) : Number.NaN);
        return (
          <>
            <StepAxis scale={x} at={bottom} label="step at which the late column starts" />
            <AxisY
              scale={y}
              at={left}
              ticks={ticks(y.domain, 4)}
              label="distance from the data"
              grid={right - left}
            />
            {noise.value && (
              <g class="reference a">
                <line
                  x1={left}
                  x2={right}
                  y1={inside(noise.value.distance)}
                  y2={inside(noise.value.distance)}
                />
                <text x={right} y={inside(noise.value.distance) - 5} text-anchor="end" class="halo">
                  from noise
                </text>
              </g>
            )}
            <g class="reference">
              <line x1={left} x2={right} y1={y(least)} y2={y(least)} />
              <text x={left + 4} y={y(least) - 4} class="halo">
                two exact sets
              </text>
            </g>
            <path
              class="curve b"
              d={pathOf(
                points.length,
                (i) => x(points[i]!.at),
                (i) => inside(points[i]!.distance),
              )}
            />
            {automatic.value?.late && (
              <g class="automatic" transform={`translate(${x(automatic.value.at)},${bottom})`}>
                <path d="M0 -3l-6 -10h12z" />
                <text y={-17} text-anchor="middle" class="halo">
                  auto
                </text>
              </g>
            )}
            <line class="middle" x1={x(start.value)} x2={x(start.value)} y1={top} y2={bottom} />
            <text class="note" x={x(start.value)} y={top - 4} text-anchor="middle">
              ◂ drag ▸
            </text>
            {late.value && (
              <circle class="b-dot" cx={x(start.value)} cy={inside(late.value.distance)} r={5} />
            )}
          </>
        );
      }}
    </Plot>
  );
}
