import { agreement, copied, local, losses, points, training, whole } from "./state.ts";

/** What is seen, in numbers. */
export function Caption() {
  const last = losses.value.at(-1);
  const [exact, mosaic] = [whole.made.value?.report, local.made.value?.report];
  return (
    <>
      {points.value.length / 2} points.{" "}
      {last && training.value.is === "done" && (
        <>
          Loss <output class="number">{last.loss.toFixed(3)}</output> at the end.{" "}
        </>
      )}
      {exact && mosaic && (
        <>
          Copies, three times nearer to one point than to the next: <Share of={exact} /> of what the
          exact score makes, <Share of={mosaic} /> of the local machine
          {copied.value && (
            <>
              , <Share of={copied.value} /> of what the network makes
            </>
          )}
          .{" "}
        </>
      )}
      <Agreement />
      Lines point where each machine would move a point at the cursor's time. Ink: the points.
    </>
  );
}

function Share({ of }: { readonly of: { readonly memorised: { readonly value: number } } }) {
  return <output class="number">{Math.round(100 * of.memorised.value)} %</output>;
}

/** Two networks of different points, from the same noise. */
function Agreement() {
  const found = agreement.value;
  if (found === undefined) return null;
  const ratio = found.distance.value;
  return (
    <>
      Two networks of different points, from the same noise: pairs are{" "}
      <output class="number">{ratio.toFixed(2)}</output> apart ({found.distance.low.toFixed(2)} to{" "}
      {found.distance.high.toFixed(2)}), cosine{" "}
      <output class="number">{found.cosine.value.toFixed(2)}</output> (strangers:{" "}
      {found.unpaired.value.toFixed(2)}). Where they agree they have learned the law and not the
      points.{" "}
    </>
  );
}
