import type { ReadonlySignal } from "@preact/signals";
import type { GaussianMixture } from "@symbreak/core";
import { Plot } from "../../draw/plot.tsx";
import { linearScale, type Scale } from "../../draw/scale.ts";
import { noisyLevel } from "../../physics/chain.ts";
import { stateAt, type Walk } from "../../physics/walks.ts";
import { at } from "../../state/cursor.ts";
import { colours } from "../../state/theme.ts";

/** Half the width that is shown. */
const EDGE = 2.75;

interface CloudProps {
  readonly label: string;
  readonly law: ReadonlySignal<GaussianMixture>;
  readonly walk: ReadonlySignal<Walk | undefined>;
  /** The colour of the points. */
  readonly hue: "a" | "b";
}

/** Points in the plane at the cursor's time over the data's density, with the way of their last step. */
export function Cloud({ label, law, walk, hue }: CloudProps) {
  return (
    <Plot
      label={label}
      height={(width) => Math.min(width, 270)}
      margins={{ left: 0, right: 0, top: 0, bottom: 0 }}
      draw={({ width, height }) => {
        const [x, y] = scales(width, height);
        let shade: [GaussianMixture, string, HTMLCanvasElement] | undefined;
        return (context) => {
          const { ink } = colours.value;
          if (shade?.[0] !== law.value || shade[1] !== ink)
            shade = [law.value, ink, densityShade(law.value, ink, x.domain[1], y.domain[1])];
          context.drawImage(shade[2], 0, 0, width, height);
          if (walk.value !== undefined) drawPoints(context, walk.value, x, y, colours.value[hue]);
        };
      }}
    />
  );
}

/** Scales that keep circles round. */
function scales(width: number, height: number): [Scale, Scale] {
  const unit = Math.min(width, height) / (2 * EDGE);
  const [halfX, halfY] = [width / 2 / unit, height / 2 / unit];
  return [linearScale([-halfX, halfX], [0, width]), linearScale([-halfY, halfY], [height, 0])];
}

function drawPoints(
  context: CanvasRenderingContext2D,
  walk: Walk,
  x: Scale,
  y: Scale,
  hue: string,
): void {
  const timestep = Math.min(at.value, walk.levels[0]!.timestep);
  const now = stateAt(walk, timestep);
  const next = walk.levels.findIndex((level) => level.timestep <= timestep);
  const before = walk.states[Math.max(0, next - 1)]!;
  context.strokeStyle = context.fillStyle = hue;
  context.lineWidth = 0.7;
  context.globalAlpha = 0.16;
  context.beginPath();
  for (let i = 0; i < now.length; i += 2) {
    context.moveTo(x(before[i]!), y(before[i + 1]!));
    context.lineTo(x(now[i]!), y(now[i + 1]!));
  }
  context.stroke();
  context.globalAlpha = 0.8;
  context.beginPath();
  for (let i = 0; i < now.length; i += 2) {
    const [px, py] = [x(now[i]!), y(now[i + 1]!)];
    context.moveTo(px + 1.7, py);
    context.arc(px, py, 1.7, 0, 2 * Math.PI);
  }
  context.fill();
  context.globalAlpha = 1;
}

/** The density of the data as shades of ink. */
function densityShade(
  law: GaussianMixture,
  ink: string,
  halfX: number,
  halfY: number,
): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  const [columns, rows] = [72, Math.round((72 * halfY) / halfX)];
  canvas.width = columns;
  canvas.height = rows;
  const places = new Float64Array(2 * columns * rows);
  for (let i = 0; i < columns * rows; i++) {
    places[2 * i] = halfX * ((2 * ((i % columns) + 0.5)) / columns - 1);
    places[2 * i + 1] = halfY * (1 - (2 * (Math.floor(i / columns) + 0.5)) / rows);
  }
  const logs = law.logDensity(places, noisyLevel(0));
  const most = logs.reduce((a, b) => Math.max(a, b));
  const context = canvas.getContext("2d")!;
  context.fillStyle = ink;
  logs.forEach((log, i) => {
    context.globalAlpha = 0.28 * Math.exp(0.6 * (log - most));
    context.fillRect(i % columns, Math.floor(i / columns), 1, 1);
  });
  return canvas;
}
