import { batch } from "@preact/signals";
import type { NoiseLevel } from "@symbreak/core";
import { Plot } from "../../draw/plot.tsx";
import { linearScale, type Scale } from "../../draw/scale.ts";
import { BOTTOM, TOP } from "../../physics/chain.ts";
import { lateLevels, noiseLevels, start, state } from "./state.ts";

/** The timesteps of both columns on one axis: those from noise can be dragged, those of the late start follow. */
export function GridEditor() {
  return (
    <Plot
      label="Timesteps of the two grids"
      height={92}
      margins={{ left: 46, right: 14, top: 24, bottom: 22 }}
      over={({ left, right, top }) => {
        const x = linearScale([TOP, BOTTOM], [left, right]);
        return noisy(noiseLevels.value).map((level, i) => (
          <StepHandle key={i} i={i} timestep={level.timestep} x={x} top={top} />
        ));
      }}
    >
      {({ left, right, top, bottom }) => {
        const x = linearScale([TOP, BOTTOM], [left, right]);
        return (
          <>
            <Row levels={noiseLevels.value} x={x} y={top} name="noise" hue="var(--a)" />
            <Row levels={lateLevels.value} x={x} y={bottom - 6} name="late" hue="var(--b)" />
            <line class="middle" x1={x(start.value)} x2={x(start.value)} y1={top} y2={bottom} />
            <text class="side" x={left} y={bottom + 18}>
              step 999
            </text>
            <text class="side" x={right} y={bottom + 18} text-anchor="end">
              data
            </text>
          </>
        );
      }}
    </Plot>
  );
}

interface RowProps {
  readonly levels: readonly NoiseLevel[];
  readonly x: Scale;
  readonly y: number;
  readonly name: string;
  readonly hue: string;
}

function Row({ levels, x, y, name, hue }: RowProps) {
  return (
    <g fill={hue} stroke={hue}>
      <text class="side" x={4} y={y + 4} stroke="none">
        {name}
      </text>
      <line x1={x(levels[0]?.timestep ?? TOP)} x2={x(BOTTOM)} y1={y} y2={y} stroke-opacity={0.4} />
      {noisy(levels).map(({ timestep }) => (
        <circle key={timestep} cx={x(timestep)} cy={y} r={4} />
      ))}
    </g>
  );
}

function noisy(levels: readonly NoiseLevel[]): readonly NoiseLevel[] {
  return levels.filter(({ sigma }) => sigma > 0);
}

interface StepHandleProps {
  readonly i: number;
  readonly timestep: number;
  readonly x: Scale;
  readonly top: number;
}

/** One timestep of the grid from noise, between its neighbours. */
function StepHandle({ i, timestep, x, top }: StepHandleProps) {
  const move = (to: number) => {
    const list = noisy(noiseLevels.value).map((level) => Math.round(level.timestep));
    const [most, least] = [i === 0 ? TOP : list[i - 1]! - 1, (list[i + 1] ?? BOTTOM) + 1];
    batch(() => {
      state.grid.value = "own";
      state.own.value = list.with(i, Math.min(most, Math.max(least, Math.round(to))));
    });
  };
  return (
    <div
      class="handle small"
      role="slider"
      tabIndex={0}
      aria-label={`Timestep of step ${i + 1}`}
      aria-valuemin={0}
      aria-valuemax={TOP}
      aria-valuenow={Math.round(timestep)}
      style={{ left: `${x(timestep)}px`, top: `${top}px` }}
      onKeyDown={(event) => {
        const step = { ArrowLeft: 10, ArrowRight: -10 }[event.key];
        if (step === undefined) return;
        event.preventDefault();
        move(timestep + step);
      }}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        if (event.buttons === 0) return;
        const box = event.currentTarget.parentElement!.getBoundingClientRect();
        move(x.invert(event.clientX - box.x));
      }}
    />
  );
}
