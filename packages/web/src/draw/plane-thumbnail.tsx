import { type GaussianMixture, philoxNoise } from "@symbreak/core";

const [WIDTH, HEIGHT, POINTS, EDGE] = [52, 36, 110, 2.75];

/** A law of the plane as a small picture of its samples. */
export function PlaneThumbnail({ law }: { readonly law: GaussianMixture }) {
  const points = law.sample(POINTS, philoxNoise(1));
  const unit = HEIGHT / (2 * EDGE);
  return (
    <svg width={WIDTH} height={HEIGHT} aria-hidden="true" class="dots">
      {Array.from({ length: POINTS }, (_, n) => (
        <circle
          key={n}
          r={0.85}
          cx={(WIDTH / 2 + unit * points[2 * n]!).toFixed(1)}
          cy={(HEIGHT / 2 - unit * points[2 * n + 1]!).toFixed(1)}
        />
      ))}
    </svg>
  );
}
