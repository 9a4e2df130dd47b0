import { batch, computed, signal } from "@preact/signals";
import { Choice } from "../../controls/choice.tsx";
import { LayerToggles } from "../../controls/layer-toggles.tsx";
import { Slider } from "../../controls/slider.tsx";
import { Toggle } from "../../controls/toggle.tsx";
import { River } from "../../draw/river.tsx";
import { Well } from "../../draw/well.tsx";
import { Figure } from "../../figure/figure.tsx";
import { ouTimeOf } from "../../physics/chain.ts";
import { mixtureLine, sphereLine } from "../../physics/line-law.ts";
import { useMarks } from "../../state/use-marks.ts";
import { DataHandles } from "./data-handles.tsx";
import {
  critical,
  flowBranches,
  flowWalk,
  folds,
  law,
  PRESETS,
  sdeBranches,
  sdeWalk,
  splits,
  state,
} from "./state.ts";
import { take } from "./take.ts";
import { Thumbnail } from "./thumbnail.tsx";

const both = signal(true);

const pictures = {
  two: <Thumbnail law={mixtureLine([-1, 1], [1, 1], 0)} />,
  four: <Thumbnail law={mixtureLine([-2.4, -1.3, 1.3, 2.4], [1, 1, 1, 1], 0.1)} />,
  unequal: <Thumbnail law={mixtureLine([-1, 1], [2, 1], 0.2)} />,
  sphere: <Thumbnail law={sphereLine(2)} />,
};

const OPTIONS = [
  { value: "two", label: "Two points", picture: pictures.two },
  { value: "unequal", label: "Unequal", picture: pictures.unequal },
  { value: "four", label: "Four", picture: pictures.four },
  { value: "sphere", label: "A sphere", picture: pictures.sphere },
];

/** Where a split is drawn on a river, with its words. */
const sdeSplit = computed(() =>
  line(folds.value ? "a second valley" : "the valley splits", splits.potential.value),
);
const flowSplit = computed(() =>
  line(folds.value ? "a second valley" : "the centre lets go", splits.drift.value),
);

function line(symbol: string, at: number | undefined) {
  return at === undefined ? undefined : { at, symbol: `${symbol}  t = ${ouTimeOf(at).toFixed(3)}` };
}

/** Room 1: one valley becomes two, and every particle has to choose. */
export function PotentialRoom() {
  useMarks(critical);
  const sphere = state.law.value === "sphere";
  return (
    <>
      <header>
        <h2>The potential splits</h2>
        <p>
          A diffusion model makes a picture out of noise as a ball rolls down a landscape that
          changes while it rolls. For most of the way there is one valley and nothing is decided: a
          ball may still become anything. Then, within a moment, the valley <strong>splits</strong>,
          and every ball falls to one side. Each dot is a ball, in the colour of the side where it
          will end. Press play, or drag the time below.
        </p>
      </header>
      <div class="bench">
        <Figure
          title="The potential, and the ways of the particles"
          caption={<Caption />}
          take={take}
        >
          <div class={both.value ? "columns" : "columns single"}>
            <section aria-label="The stochastic way">
              <h3>With noise: the reverse SDE</h3>
              <Well
                label="Potential of the reverse SDE at the cursor's time"
                formula="u = −x²/4 − ln p(x, t)"
                kind="potential"
                law={law}
                walk={sdeWalk}
                height={156}
              />
              <River
                label="Ways of particles under the reverse SDE, wells and barriers of the potential"
                law={law}
                walk={sdeWalk}
                branches={sdeBranches}
                split={sdeSplit}
                height={264}
              />
              {!sphere && <DataHandles />}
            </section>
            {both.value && (
              <section aria-label="The deterministic way">
                <h3>Without: the probability flow</h3>
                <Well
                  label="Potential of the probability flow at the cursor's time"
                  formula="v = −x²/4 − ½ ln p(x, t)"
                  kind="drift"
                  law={law}
                  walk={flowWalk}
                  height={156}
                />
                <River
                  label="Ways of the same particles under the probability flow, wells and barriers of its potential"
                  law={law}
                  walk={flowWalk}
                  branches={flowBranches}
                  split={flowSplit}
                  height={264}
                />
              </section>
            )}
          </div>
        </Figure>
        <div class="controls">
          <Choice
            label="The data"
            value={state.law}
            options={OPTIONS}
            onChoose={(name) =>
              batch(() => {
                const { means, weights, deviation } = PRESETS[name as keyof typeof PRESETS];
                state.means.value = means;
                state.weights.value = weights;
                state.deviation.value = deviation;
                if (name === "sphere") state.guidance.value = 0;
              })
            }
          />
          {sphere ? (
            <Slider
              label="Dimensions of the sphere"
              value={state.dimension}
              min={1}
              max={32}
              step={1}
            />
          ) : (
            <>
              <Slider
                label="Width of a class"
                value={state.deviation}
                min={0}
                max={1}
                step={0.05}
                format={(v) => v.toFixed(2)}
              />
              <Slider
                label="Guidance to the last class"
                value={state.guidance}
                min={0}
                max={6}
                step={0.5}
                format={(w) => (w === 0 ? "none" : `w = ${w}`)}
                hint="Classifier-free guidance: 1 is that class alone, more overshoots"
              />
            </>
          )}
          <Slider
            label="Noise on the left"
            value={state.eta}
            min={0}
            max={1}
            step={0.1}
            format={(v) => `η = ${v.toFixed(1)}`}
            hint="1 is the reverse SDE, 0 the probability flow"
          />
          <Slider
            label="Its temperature"
            value={state.temperature}
            min={0}
            max={2}
            step={0.1}
            format={(v) => `T = ${v.toFixed(1)}`}
            hint="1 is the noise that keeps the law of the data; less freezes the particles in the valleys, more shakes them out"
            disabled={state.eta.value === 0}
          />
          <Slider label="Particles" value={state.count} min={50} max={500} step={50} />
          <Slider label="Seed" value={state.seed} min={1} max={50} step={1} />
          <LayerToggles />
          <Toggle label="The flow beside it" value={both} />
        </div>
      </div>
    </>
  );
}

/** What is on view, in numbers: the caption, and what a screen reader hears when it changes. */
function Caption() {
  const { mixture } = law.value;
  const at = splits.potential.value;
  const sde = sdeWalk.value;
  const end = sde && law.value.along(sde.states.at(-1)!);
  const right = end && end.filter((x) => x > 0).length / end.length;
  const guided = state.guidance.value !== 0 && mixture !== undefined;
  return (
    <>
      {at === undefined ? (
        "This potential never splits: its classes are closer than their width and the noise allow. "
      ) : (
        <>
          The potential splits at step <output class="number">{Math.round(at)}</output> of 1000, OU
          time <output class="number">{ouTimeOf(at).toFixed(4)}</output>.{" "}
        </>
      )}
      {right !== undefined && !guided && (
        <>
          Of {end!.length} particles {Math.round(100 * right)} % end on the right.{" "}
        </>
      )}
      {guided && <Overshoot />}
      Solid lines are valleys, dashed ones ridges; the shade is the density.
    </>
  );
}

/** How far guidance carries the two walks past the class. */
function Overshoot() {
  const mean = (walk: typeof sdeWalk.value) => {
    const end = walk && law.value.along(walk.states.at(-1)!);
    return end ? (end.reduce((sum, x) => sum + x, 0) / end.length).toFixed(2) : "…";
  };
  return (
    <>
      Guided to the class at {state.means.value.at(-1)}: the flow ends at {mean(flowWalk.value)} on
      average, the SDE at {mean(sdeWalk.value)}.{" "}
    </>
  );
}
