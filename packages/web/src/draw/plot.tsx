import type { ComponentChildren } from "preact";
import { Canvas, type Draw } from "./canvas.tsx";
import type { Scale } from "./scale.ts";
import { useWidth } from "./use-width.ts";

/** The room that a plot has inside its axes. */
interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

interface Margins {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

interface PlotProps {
  /** The plot in words. */
  readonly label: string;
  /** Pixels, for a width: `(width) => 0.6 * width`, say. */
  readonly height: number | ((width: number) => number);
  readonly margins: Margins;
  /** What is drawn on the canvas below, if anything, in pixels of the whole plot. */
  readonly draw?: (frame: Frame) => Draw;
  /** The SVG above it. */
  readonly children?: (frame: Frame) => ComponentChildren;
  /** Elements over both, in pixels of the plot: handles. */
  readonly over?: (frame: Frame) => ComponentChildren;
}

/** A plot as wide as its place: a canvas for what is many, an SVG over it for what is sharp. */
export function Plot({ label, height, margins, draw, children, over }: PlotProps) {
  const [element, width] = useWidth<HTMLDivElement>();
  const tall = Math.round(typeof height === "number" ? height : height(width));
  const frame: Frame = {
    width,
    height: tall,
    left: margins.left,
    right: width - margins.right,
    top: margins.top,
    bottom: tall - margins.bottom,
  };
  return (
    <div ref={element} class="plot" style={{ height: `${tall}px` }}>
      {width > 0 && (
        <>
          {draw && <Canvas width={width} height={tall} draw={draw(frame)} />}
          <svg
            width={width}
            height={tall}
            viewBox={`0 0 ${width} ${tall}`}
            role="img"
            aria-label={label}
          >
            {children?.(frame)}
          </svg>
          {over?.(frame)}
        </>
      )}
    </div>
  );
}

interface AxisProps {
  readonly scale: Scale;
  readonly at: number;
  readonly ticks: readonly number[];
  readonly label?: string;
  readonly format?: (value: number) => string;
  /** Length of grid lines, in pixels. */
  readonly grid?: number;
}

/** A horizontal axis at `at` pixels from the top, its label below. */
export function AxisX({ scale, at, ticks, label, format = String, grid = 0 }: AxisProps) {
  return (
    <g class="axis">
      {ticks.map((tick) => (
        <g key={tick} transform={`translate(${scale(tick)},${at})`}>
          <line y1={-grid} y2={4} />
          <text y={17} text-anchor="middle">
            {format(tick)}
          </text>
        </g>
      ))}
      {label && (
        <text
          x={(scale.range[0] + scale.range[1]) / 2}
          y={at + 34}
          text-anchor="middle"
          class="label"
        >
          {label}
        </text>
      )}
    </g>
  );
}

/** A vertical axis at `at` pixels from the left, its label above. */
export function AxisY({ scale, at, ticks, label, format = String, grid = 0 }: AxisProps) {
  const top = Math.min(...scale.range);
  return (
    <g class="axis">
      {ticks.map((tick) => (
        <g key={tick} transform={`translate(${at},${scale(tick)})`}>
          <line x1={-4} x2={grid} />
          <text x={-7} dy="0.32em" text-anchor="end">
            {format(tick)}
          </text>
        </g>
      ))}
      {label && (
        <text x={at - 30} y={top - 9} class="label">
          {label}
        </text>
      )}
    </g>
  );
}
