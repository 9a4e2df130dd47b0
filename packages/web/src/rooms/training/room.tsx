import { computed, effect } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Choice } from "../../controls/choice.tsx";
import { Slider } from "../../controls/slider.tsx";
import { Figure } from "../../figure/figure.tsx";
import { PLANE_LAWS } from "../../physics/plane-laws.ts";
import { marks } from "../../state/cursor.ts";
import { LossChart } from "./loss-chart.tsx";
import { Plane } from "./plane.tsx";
import {
  COUNTS,
  copied,
  copies,
  critical,
  enough,
  exact,
  learned,
  losses,
  picture,
  points,
  state,
  stop,
  train,
  training,
} from "./state.ts";
import { take } from "./take.ts";

const made = computed(() => picture.value?.samples);
const remembered = computed(() => copies.value?.samples);

const LAWS = [
  ...Object.entries(PLANE_LAWS).map(([value, { label }]) => ({ value, label })),
  { value: "own", label: "Yours" },
];

/** Room 5: data, network and training, all the reader's own. */
export function TrainingRoom() {
  useEffect(
    () =>
      effect(() => {
        marks.value = critical.value;
      }),
    [],
  );
  return (
    <>
      <header>
        <h2>Draw your data, train a network</h2>
        <p>
          <strong>Draw some points</strong>, or take a shape, and train a small network on them,
          here and now. On the right is what a perfect network would do: the exact score of your
          points. It can only give them back. With few points the network learns to do the same;
          with many it finds the shape.
        </p>
        <Buttons />
      </header>
      <div class="bench">
        <Figure
          title="A network in training, and the exact score"
          caption={<Caption />}
          take={take}
        >
          <div class="columns">
            <section aria-label="The network">
              <h3 class="b-text">The network{after()}</h3>
              <Plane
                label="Training points, the network's score field and its samples"
                samples={made}
                field={learned}
                hue="b"
                pen
              />
            </section>
            <section aria-label="The exact score">
              <h3 class="a-text">The exact score of the points</h3>
              <Plane
                label="Training points, their exact score field and its samples"
                samples={remembered}
                field={exact}
                hue="a"
              />
            </section>
          </div>
          <LossChart />
        </Figure>
        <div class="controls">
          <Choice label="The points" value={state.law} options={LAWS} />
          {state.law.value !== "own" ? (
            <Slider
              label="How many"
              value={state.size}
              min={0}
              max={COUNTS.length - 1}
              step={1}
              format={(i) => String(COUNTS[i])}
            />
          ) : (
            <p class="buttons">
              <button
                type="button"
                onClick={() => {
                  state.own.value = [];
                }}
              >
                Wipe the points
              </button>
            </p>
          )}
          <Slider label="Training steps" value={state.steps} min={250} max={8000} step={250} />
          <Slider label="Units in a layer" value={state.width} min={16} max={128} step={16} />
          <Slider label="Seed" value={state.seed} min={1} max={50} step={1} />
        </div>
      </div>
    </>
  );
}

function after(): string {
  const last = losses.value.at(-1);
  return last === undefined ? ", untrained" : ` after ${last.step} steps`;
}

function Buttons() {
  const now = training.value;
  const busy = now.is === "starting" || now.is === "running";
  return (
    <div>
      <p class="buttons">
        <button type="button" class="main" disabled={!enough.value} onClick={busy ? stop : train}>
          {busy ? "Stop" : now.is === "idle" ? "Train" : "Train again"}
        </button>
      </p>
      {now.is === "starting" && (
        <p class="waiting" role="status">
          Fetching WebAssembly and compiling …
        </p>
      )}
      {now.is === "failed" && (
        <p class="failure" role="alert">
          Training failed: {now.reason}
        </p>
      )}
      {!enough.value && <p class="waiting">Draw at least two points on the left.</p>}
    </div>
  );
}

function Caption() {
  const last = losses.value.at(-1);
  const percent = (share: number) => `${Math.round(100 * share)} %`;
  return (
    <span aria-live="polite">
      {points.value.length / 2} points.{" "}
      {last && training.value.is === "done" && (
        <>
          Loss <output class="number">{last.loss.toFixed(3)}</output> at the end.{" "}
        </>
      )}
      {copies.value && (
        <>
          Copies, three times nearer to one point than to the next:{" "}
          <output class="number">{percent(copies.value.report.memorised.value)}</output> of what the
          exact score makes
          {copied.value && (
            <>
              , <output class="number">{percent(copied.value.memorised.value)}</output> of what the
              network makes
            </>
          )}
          .{" "}
        </>
      )}
      Arrows: the score at the cursor's time. In ink: the points.
    </span>
  );
}
