import { pathOf } from "../../draw/path.ts";
import { AxisY, Plot } from "../../draw/plot.tsx";
import { linearScale } from "../../draw/scale.ts";
import { StepAxis } from "../../draw/step-axis.tsx";
import { BOTTOM, TOP } from "../../physics/chain.ts";
import type { Curve } from "../../physics/loss-curves.ts";
import { at } from "../../state/cursor.ts";
import { network } from "./state.ts";

/** What each denoiser is called, and its class in the style sheet. */
const NAMES: Readonly<Record<Curve["of"], readonly [name: string, hue: string]>> = {
  gaussian: ["a Gaussian of the same mean and covariance", ""],
  exact: ["a perfect copier: the exact score of other images of the set", "a"],
  network: ["your network", "b"],
};

/** What each denoiser still cannot know, by noise level. */
export function LossChart({ curves }: { readonly curves: readonly Curve[] }) {
  return (
    <>
      <Plot
        label="What a denoiser still gets wrong at each noise level, as a share of the variance"
        height={230}
        margins={{ left: 46, right: 14, top: 26, bottom: 40 }}
      >
        {({ left, right, top, bottom }) => {
          const x = linearScale([TOP, BOTTOM], [left, right]);
          const y = linearScale([0, 1.1], [bottom, top]);
          return (
            <>
              <StepAxis scale={x} at={bottom} label="step (noise → data)" />
              <AxisY
                scale={y}
                at={left}
                ticks={[0, 0.5, 1]}
                format={(share) => `${Math.round(100 * share)} %`}
                label="of the variance still unknown"
                grid={right - left}
              />
              {curves.map((curve) => (
                <g key={curve.of}>
                  <path
                    class={`curve ${NAMES[curve.of][1]}`}
                    d={pathOf(
                      curve.at.length,
                      (i) => x(curve.at[i]!.timestep),
                      (i) => y(Math.min(1.1, curve.at[i]!.share)),
                    )}
                  />
                  {curve.of !== "gaussian" && curve.peak !== null && (
                    <path
                      class={`peak ${NAMES[curve.of][1]}`}
                      d={`M${x(curve.peak)} ${bottom - 3}l-6 -10h12z`}
                    />
                  )}
                </g>
              ))}
              <line class="middle" x1={x(at.value)} x2={x(at.value)} y1={top} y2={bottom} />
            </>
          );
        }}
      </Plot>
      <ul class="legend">
        {curves.map(({ of, peak }) => (
          <li key={of} class={NAMES[of][1]}>
            {of === "network" ? network.value?.name : NAMES[of][0]}
            {of !== "gaussian" &&
              peak !== null &&
              `: most is decided at step ${Math.round(peak)} ▲`}
          </li>
        ))}
      </ul>
    </>
  );
}
