import type { ReadonlySignal } from "@preact/signals";
import type { Samples } from "@symbreak/core";
import type { Draw } from "../../draw/canvas.tsx";
import { Plot } from "../../draw/plot.tsx";
import { linearScale, type Scale } from "../../draw/scale.ts";
import { EDGE, PLACES } from "../../physics/training.ts";
import { level } from "../../state/cursor.ts";
import { colours } from "../../state/theme.ts";
import { picture, points, state } from "./state.ts";

interface PlaneProps {
  readonly label: string;
  readonly samples: ReadonlySignal<Samples | undefined>;
  /** What another network made of the same noise; each pair is joined by a line. */
  readonly before?: ReadonlySignal<Samples | undefined>;
  /** Guesses of the clean points at the places of the field. */
  readonly field: ReadonlySignal<Float64Array | undefined>;
  readonly hue: "a" | "b" | "d";
  /** Whether points can be drawn on it. */
  readonly pen?: boolean;
}

/** The plane with the training points, a field of the score at the cursor's time, and samples. */
export function Plane({ label, samples, before, field, hue, pen = false }: PlaneProps) {
  return (
    <Plot
      label={label}
      height={(width) => Math.min(width, 330)}
      margins={{ left: 0, right: 0, top: 0, bottom: 0 }}
      draw={({ width, height }): Draw => {
        const [x, y] = scales(width, height);
        return (context) => {
          const ink = colours.value;
          if (field.value !== undefined) drawField(context, field.value, x, y, ink.faint);
          dots(context, points.value, x, y, ink.ink, points.value.length > 400 ? 1.2 : 2.4);
          const others = before?.value;
          if (samples.value !== undefined && others !== undefined) {
            joins(context, samples.value, others, x, y, ink.c);
            dots(context, others, x, y, ink.c, 2);
          }
          if (samples.value !== undefined) dots(context, samples.value, x, y, ink[hue], 2);
        };
      }}
      over={({ width, height }) => {
        if (!pen) return null;
        const [x, y] = scales(width, height);
        return <Pen x={x} y={y} />;
      }}
    >
      {({ width, height }) =>
        pen && picture.value === undefined ? (
          <text class="note" x={width / 2} y={height - 8} text-anchor="middle">
            {points.value.length === 0
              ? "draw here"
              : "press Train, or draw points of your own here"}
          </text>
        ) : null
      }
    </Plot>
  );
}

function scales(width: number, height: number): [Scale, Scale] {
  const unit = Math.min(width, height) / (2 * EDGE);
  const [halfX, halfY] = [width / 2 / unit, height / 2 / unit];
  return [linearScale([-halfX, halfX], [0, width]), linearScale([-halfY, halfY], [height, 0])];
}

function dots(
  context: CanvasRenderingContext2D,
  places: Samples,
  x: Scale,
  y: Scale,
  colour: string,
  radius: number,
): void {
  context.fillStyle = colour;
  context.globalAlpha = 0.75;
  for (let i = 0; i < places.length; i += 2) {
    context.beginPath();
    context.arc(x(places[i]!), y(places[i + 1]!), radius, 0, 2 * Math.PI);
    context.fill();
  }
  context.globalAlpha = 1;
}

/** Lines between the samples of two networks that come of the same noise. */
function joins(
  context: CanvasRenderingContext2D,
  from: Samples,
  to: Samples,
  x: Scale,
  y: Scale,
  colour: string,
): void {
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.globalAlpha = 0.5;
  context.beginPath();
  for (let i = 0; i < from.length; i += 2) {
    context.moveTo(x(from[i]!), y(from[i + 1]!));
    context.lineTo(x(to[i]!), y(to[i + 1]!));
  }
  context.stroke();
  context.globalAlpha = 1;
}

/** Arrows along the score, sigma² times it: from each place towards alpha times the guess. Long ones are cut. */
function drawField(
  context: CanvasRenderingContext2D,
  guesses: Float64Array,
  x: Scale,
  y: Scale,
  colour: string,
): void {
  const { alpha } = level.value;
  const longest = 0.85 * Math.abs(x(PLACES[2]!) - x(PLACES[0]!));
  context.strokeStyle = context.fillStyle = colour;
  context.lineWidth = 1;
  context.globalAlpha = 0.8;
  for (let i = 0; i < PLACES.length; i += 2) {
    const [px, py] = [x(PLACES[i]!), y(PLACES[i + 1]!)];
    const [dx, dy] = [x(alpha * guesses[i]!) - px, y(alpha * guesses[i + 1]!) - py];
    const length = Math.hypot(dx, dy);
    const cut = Math.min(1, longest / (0.35 * length || 1)) * 0.35;
    context.beginPath();
    context.arc(px, py, 1.1, 0, 2 * Math.PI);
    context.fill();
    context.beginPath();
    context.moveTo(px, py);
    context.lineTo(px + cut * dx, py + cut * dy);
    context.stroke();
  }
  context.globalAlpha = 1;
}

/** Points drawn by hand, at most so many. */
const MOST = 150;

/** A sheet to draw points on; the presets are there for those without a pointer. */
function Pen({ x, y }: { readonly x: Scale; readonly y: Scale }) {
  const add = (event: PointerEvent) => {
    const own = state.law.value === "own" ? state.own.value : [];
    if (own.length >= 2 * MOST) return;
    const round = (value: number) => Math.round(100 * value) / 100;
    const [px, py] = [round(x.invert(event.offsetX)), round(y.invert(event.offsetY))];
    const [lastX, lastY] = own.slice(-2);
    if (lastX !== undefined && Math.hypot(px - lastX, py - lastY!) < 0.12) return;
    state.own.value = [...own, px, py];
    state.law.value = "own";
  };
  return (
    <div
      class="drag pick whole"
      aria-hidden="true"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        add(event);
      }}
      onPointerMove={(event) => {
        if (event.buttons !== 0) add(event);
      }}
    />
  );
}
