import { AxisX } from "./plot.tsx";
import type { Scale } from "./scale.ts";

/** The steps of the chain along the bottom of a chart, noise on the left. */
export function StepAxis({
  scale,
  at,
  label,
}: {
  readonly scale: Scale;
  readonly at: number;
  readonly label: string;
}) {
  return <AxisX scale={scale} at={at} ticks={[999, 800, 600, 400, 200, 0]} label={label} />;
}
