import { AxisY, Plot } from "../../draw/plot.tsx";
import { linearScale } from "../../draw/scale.ts";
import { StepAxis } from "../../draw/step-axis.tsx";
import { TypesetSvg } from "../../draw/subscript.tsx";
import { BOTTOM, TOP } from "../../physics/chain.ts";
import type { ImagesAnalysis } from "../../physics/images.ts";
import { at } from "../../state/cursor.ts";

/** Each principal direction where it rises above the noise, as high as its share of the variance. */
export function SpectrumChart({ analysis }: { readonly analysis: ImagesAnalysis }) {
  const { modes, speciation, collapse } = analysis;
  const deciding = modes.filter(({ timestep }) => timestep !== null);
  const most = Math.max(...modes.map(({ share }) => share ?? 0));
  return (
    <Plot
      label="The principal directions of the images, each at the step where it is decided"
      height={230}
      margins={{ left: 46, right: 14, top: 26, bottom: 40 }}
    >
      {({ left, right, top, bottom }) => {
        const x = linearScale([TOP, BOTTOM], [left, right]);
        // Shares span decades: a square root shows the small ones beside the first.
        const y = linearScale([0, 1.08 * Math.sqrt(most)], [bottom, top]);
        const tick = (share: number) => Math.sqrt(share);
        return (
          <>
            <StepAxis
              scale={x}
              at={bottom}
              label="step at which a direction is decided (noise → data)"
            />
            <AxisY
              scale={y}
              at={left}
              ticks={[0.01, 0.05, 0.1, 0.2, 0.4].filter((share) => share <= 1.1 * most).map(tick)}
              format={(root) => `${Math.round(100 * root ** 2)} %`}
              label="share of the variance"
              grid={right - left}
            />
            <Decided x={x} left={left} top={top} bottom={bottom} />
            {deciding.map(({ timestep, share }, k) => (
              <g key={`mode ${k + 1}`} class="mode">
                <line x1={x(timestep!)} x2={x(timestep!)} y1={bottom} y2={y(tick(share ?? 0))} />
                <circle cx={x(timestep!)} cy={y(tick(share ?? 0))} r={k < 11 ? 4 : 2.2} />
              </g>
            ))}
            {speciation.timestep !== null && (
              <text class="halo" x={x(speciation.timestep)} y={top - 6} text-anchor="middle">
                <TypesetSvg text="t_S" />
              </text>
            )}
            {collapse.timestep !== null && (
              <g class="split">
                <line x1={x(collapse.timestep)} x2={x(collapse.timestep)} y1={top} y2={bottom} />
                <text x={x(collapse.timestep) + 4} y={top + 8}>
                  <TypesetSvg text="t_C" />
                </text>
              </g>
            )}
          </>
        );
      }}
    </Plot>
  );
}

/** What the cursor has passed. */
function Decided(props: {
  readonly x: (timestep: number) => number;
  readonly left: number;
  readonly top: number;
  readonly bottom: number;
}) {
  const { x, left, top, bottom } = props;
  return (
    <rect
      class="passed"
      x={left}
      y={top}
      width={Math.max(0, x(at.value) - left)}
      height={bottom - top}
    />
  );
}
