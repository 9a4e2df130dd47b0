import type { ReadonlySignal } from "@preact/signals";
import type { BifurcationDiagram } from "@symbreak/core";
import { BOTTOM, noisyLevel, TOP } from "../physics/chain.ts";
import type { LineLaw } from "../physics/line-law.ts";
import { stateAt, type Walk } from "../physics/walks.ts";
import { at, playing } from "../state/cursor.ts";
import { colours, HUES } from "../state/theme.ts";
import type { Draw } from "./canvas.tsx";
import { layers } from "./layers.ts";
import { pathOf } from "./path.ts";
import { AxisX, Plot } from "./plot.tsx";
import { linearScale, type Scale, ticks } from "./scale.ts";

/** Pixels left and right of a river and of the well above it, so that their places agree. */
export const SIDES = { left: 40, right: 10 } as const;

interface RiverProps {
  readonly label: string;
  readonly law: ReadonlySignal<LineLaw>;
  readonly walk: ReadonlySignal<Walk | undefined>;
  readonly branches: ReadonlySignal<BifurcationDiagram | undefined>;
  /** Where the landscape of this river splits. */
  readonly split: ReadonlySignal<{ readonly at: number; readonly symbol: string } | undefined>;
  readonly height: number;
  /** What lies on top, drawn with the river's scales; while it does, the ways below are faint. */
  readonly overlay?: (x: Scale, y: Scale) => Draw | undefined;
  /** A click, told in the river's coordinates. */
  readonly onPick?: (place: number, timestep: number) => void;
}

/**
 * Time runs down from noise to data, places lie across: the density as shade, wells and barriers as lines, and the ways of
 * particles, each in the colour of the class in which it ends. Dragging moves the time cursor.
 */
export function River(props: RiverProps) {
  const { label, law, walk, branches, split, height, overlay, onPick } = props;
  const { edge } = law.value;
  return (
    <Plot
      label={label}
      height={height}
      margins={{ ...SIDES, top: 6, bottom: 26 }}
      draw={({ left, right, top, bottom }) => {
        const x = linearScale([-edge, edge], [left, right]);
        const y = linearScale([TOP, BOTTOM], [top, bottom]);
        let shade: [LineLaw, string, HTMLCanvasElement] | undefined;
        let trails: [Walk, string, HTMLCanvasElement] | undefined;
        return (context) => {
          const { ink } = colours.value;
          const now = y(at.value);
          if (shade?.[0] !== law.value || shade[1] !== ink)
            shade = [law.value, ink, densityImage(law.value, ink)];
          context.imageSmoothingEnabled = true;
          if (layers.density.value)
            context.drawImage(shade[2], left, top, right - left, bottom - top);
          if (walk.value === undefined) return;
          if (trails?.[0] !== walk.value || trails[1] !== ink)
            trails = [walk.value, ink, trailsImage(law.value, walk.value, x, y)];
          const above = overlay?.(x, y);
          if (layers.ways.value)
            drawTrails(context, trails[2], above ? 0 : now, bottom, above ? 0.22 : 0.13);
          above?.(context, right, bottom);
          drawHeads(context, law.value, walk.value, x, () => now, 2.2);
        };
      }}
      over={({ left, right, top, bottom }) => (
        <DragTime
          top={top}
          bottom={bottom}
          left={left}
          right={right}
          onPick={
            onPick &&
            ((px, timestep) =>
              onPick(linearScale([-edge, edge], [left, right]).invert(px), timestep))
          }
        />
      )}
    >
      {({ left, right, top, bottom }) => {
        const x = linearScale([-edge, edge], [left, right]);
        const y = linearScale([TOP, BOTTOM], [top, bottom]);
        return (
          <>
            <AxisX scale={x} at={bottom} ticks={ticks(x.domain, 6)} />
            <text class="side" transform={`translate(12,${top + 4}) rotate(-90)`} text-anchor="end">
              noise
            </text>
            <text class="side" transform={`translate(12,${bottom - 4}) rotate(-90)`}>
              data
            </text>
            {(layers.valleys.value ? branches.value?.branches : undefined)?.map((branch, i) => (
              <path
                key={i}
                class={branch.stable ? "stable" : "unstable"}
                d={pathOf(
                  branch.x.length,
                  (n) => (Math.abs(branch.x[n]!) <= edge ? x(branch.x[n]!) : Number.NaN),
                  (n) => y(branch.parameter[n]!),
                )}
              />
            ))}
            {split.value && (
              <g class="split" transform={`translate(0,${y(split.value.at)})`}>
                <line x1={left} x2={right} />
                <text x={left + 4} y={-5}>
                  {split.value.symbol}
                </text>
              </g>
            )}
            <Now y={y} left={left} right={right} />
          </>
        );
      }}
    </Plot>
  );
}

function Now({
  y,
  left,
  right,
}: {
  readonly y: Scale;
  readonly left: number;
  readonly right: number;
}) {
  return (
    <g class="now" transform={`translate(0,${y(at.value)})`}>
      <line x1={left} x2={right} />
      <path d={`M${left} 0l-7 -5v10z`} />
    </g>
  );
}

/** An invisible sheet over a river: dragging it moves the cursor. The time bar does the same for a keyboard. */
function DragTime(props: {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly onPick: ((px: number, timestep: number) => void) | undefined;
}) {
  const { left, right, top, bottom, onPick } = props;
  const timestepAt = (event: MouseEvent) => {
    const share = event.offsetY / (bottom - top);
    return Math.min(TOP, Math.max(BOTTOM, TOP - share * (TOP - BOTTOM)));
  };
  return (
    <div
      class={onPick ? "drag pick" : "drag"}
      aria-hidden="true"
      style={{
        left: `${left}px`,
        top: `${top}px`,
        width: `${right - left}px`,
        height: `${bottom - top}px`,
      }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        playing.value = false;
        at.value = timestepAt(event);
      }}
      onPointerMove={(event) => {
        if (event.buttons !== 0) at.value = timestepAt(event);
      }}
      onClick={(event) => onPick?.(event.offsetX + left, timestepAt(event))}
    />
  );
}

/** How dark the densest place of each moment is. */
const DARKEST = 0.3;

/** p_t(x) as shades of the ink, each moment's highest value the darkest. */
function densityImage(law: LineLaw, ink: string): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = 160;
  canvas.height = 125;
  const context = canvas.getContext("2d")!;
  const x = Float64Array.from(
    { length: canvas.width },
    (_, i) => law.edge * ((2 * (i + 0.5)) / canvas.width - 1),
  );
  const places = law.place(x);
  context.fillStyle = ink;
  for (let row = 0; row < canvas.height; row++) {
    const timestep = TOP - ((TOP - BOTTOM) * (row + 0.5)) / canvas.height;
    const logs = law.distribution.logDensity(places, noisyLevel(timestep));
    const most = Math.max(...logs);
    for (let i = 0; i < x.length; i++) {
      const opacity = DARKEST * Math.exp(0.7 * (logs[i]! - most));
      if (opacity < 0.004) continue;
      context.globalAlpha = opacity;
      context.fillRect(i, row, 1, 1);
    }
  }
  return canvas;
}

/** Ways drawn; more would only be a blot. */
const TRAILS = 48;

function trailsImage(law: LineLaw, walk: Walk, x: Scale, y: Scale): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  const ratio = Math.min(2, window.devicePixelRatio || 1);
  canvas.width = Math.ceil(x.range[1] + 1) * ratio;
  canvas.height = Math.ceil(y.range[1] + 1) * ratio;
  const context = canvas.getContext("2d")!;
  context.scale(ratio, ratio);
  const classes = outcomesOf(law, walk);
  const ways = walk.states.map((state) => law.along(state));
  context.lineWidth = 0.8;
  context.globalAlpha = 0.5;
  for (let n = 0; n < Math.min(TRAILS, classes.length); n++) {
    context.strokeStyle = hue(classes[n]!);
    context.beginPath();
    ways.forEach((way, k) => {
      const [px, py] = [clamp(x(way[n]!), x.range), y(walk.levels[k]!.timestep)];
      if (k === 0) context.moveTo(px, py);
      else context.lineTo(px, py);
    });
    context.stroke();
  }
  return canvas;
}

/** The ways so far at full strength, what is to come hardly. */
function drawTrails(
  context: CanvasRenderingContext2D,
  trails: HTMLCanvasElement,
  now: number,
  bottom: number,
  faint: number,
): void {
  const ratio = Math.min(2, window.devicePixelRatio || 1);
  const [wide, tall] = [trails.width / ratio, trails.height / ratio];
  const part = (from: number, to: number, opacity: number) => {
    if (to - from < 0.5) return;
    context.globalAlpha = opacity;
    context.drawImage(
      trails,
      0,
      from * ratio,
      trails.width,
      (to - from) * ratio,
      0,
      from,
      wide,
      to - from,
    );
    context.globalAlpha = 1;
  };
  part(0, now, 1);
  part(now, Math.min(bottom + 1, tall), faint);
}

/** The class in which each particle ends, found once for each walk. */
function outcomesOf(law: LineLaw, walk: Walk): Int32Array {
  let found = outcomes.get(walk);
  if (found === undefined) {
    found = law.outcome(walk.states.at(-1)!);
    outcomes.set(walk, found);
  }
  return found;
}

const outcomes = new WeakMap<Walk, Int32Array>();

/** The particles at the cursor's time, at a height that depends on their place; those of a class are one path. */
export function drawHeads(
  context: CanvasRenderingContext2D,
  law: LineLaw,
  walk: Walk,
  x: Scale,
  height: (places: Float64Array, n: number) => number,
  radius: number,
): void {
  const classes = outcomesOf(law, walk);
  const places = law.along(stateAt(walk, at.value));
  const paths = new Map<number, Path2D>();
  for (let n = 0; n < places.length; n++) {
    const [px, py] = [x(places[n]!), height(places, n)];
    if (px < x.range[0] || px > x.range[1] || !Number.isFinite(py)) continue;
    let path = paths.get(classes[n]!);
    if (path === undefined) {
      path = new Path2D();
      paths.set(classes[n]!, path);
    }
    path.moveTo(px + radius, py);
    path.arc(px, py, radius, 0, 2 * Math.PI);
  }
  context.globalAlpha = 0.8;
  for (const [index, path] of paths) {
    context.fillStyle = hue(index);
    context.fill(path);
  }
  context.globalAlpha = 1;
}

/** The colour of a class. */
export function hue(index: number): string {
  return colours.value[HUES[index % HUES.length]!];
}

function clamp(value: number, [low, high]: readonly [number, number]): number {
  return Math.min(high, Math.max(low, value));
}
