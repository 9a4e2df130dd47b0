import { batch } from "@preact/signals";
import { Plot } from "../../draw/plot.tsx";
import { hue, SIDES } from "../../draw/river.tsx";
import { linearScale, type Scale } from "../../draw/scale.ts";
import { law, state } from "./state.ts";

const HEIGHT = 58;

/** The classes of the data under the river: drag one sideways to move it, up and down for its weight; so do arrow keys. */
export function DataHandles() {
  const { edge } = law.value;
  const heaviest = Math.max(...state.weights.value);
  return (
    <Plot
      label="The classes of the data, by place and weight"
      height={HEIGHT}
      margins={{ ...SIDES, top: 16, bottom: 4 }}
      over={({ left, right, top, bottom }) => {
        const x = linearScale([-edge, edge], [left, right]);
        const y = linearScale([0, heaviest], [bottom, top]);
        return state.means.value.map((_, k) => <Handle key={k} k={k} x={x} y={y} />);
      }}
    >
      {({ left, right, top, bottom }) => {
        const x = linearScale([-edge, edge], [left, right]);
        const y = linearScale([0, heaviest], [bottom, top]);
        return (
          <>
            <text class="note" x={left} y={bottom - 4}>
              drag the data
            </text>
            {state.means.value.map((mean, k) => (
              <line
                key={k}
                class="stem"
                stroke={hue(k)}
                x1={x(mean)}
                x2={x(mean)}
                y1={bottom}
                y2={y(state.weights.value[k]!)}
              />
            ))}
          </>
        );
      }}
    </Plot>
  );
}

const STEPS: Readonly<Record<string, readonly [place: number, weight: number]>> = {
  ArrowLeft: [-0.1, 0],
  ArrowRight: [0.1, 0],
  ArrowUp: [0, 1.1],
  ArrowDown: [0, 1 / 1.1],
};

function Handle({ k, x, y }: { readonly k: number; readonly x: Scale; readonly y: Scale }) {
  const mean = state.means.value[k]!;
  const weight = state.weights.value[k]!;
  const share = weight / state.weights.value.reduce((sum, w) => sum + w, 0);
  const set = (place: number, heavy: number) =>
    batch(() => {
      state.law.value = "own";
      state.means.value = state.means.value.with(k, Math.min(4, Math.max(-4, round(place))));
      state.weights.value = state.weights.value.with(k, Math.min(10, Math.max(0.05, round(heavy))));
    });
  return (
    <div
      class="handle"
      role="slider"
      tabIndex={0}
      aria-label={`Class ${k + 1}: arrow keys left and right for its place, up and down for its weight`}
      aria-valuemin={-4}
      aria-valuemax={4}
      aria-valuenow={mean}
      aria-valuetext={`at ${mean}, weight ${Math.round(100 * share)} per cent`}
      style={{ left: `${x(mean)}px`, top: `${y(weight)}px`, background: hue(k) }}
      onKeyDown={(event) => {
        const step = STEPS[event.key];
        if (step === undefined) return;
        event.preventDefault();
        set(mean + step[0], weight * (step[1] || 1));
      }}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        if (event.buttons === 0) return;
        const box = event.currentTarget.parentElement!.getBoundingClientRect();
        set(x.invert(event.clientX - box.x), y.invert(event.clientY - box.y));
      }}
    />
  );
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
