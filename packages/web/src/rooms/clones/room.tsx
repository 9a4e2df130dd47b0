import { batch, computed, effect } from "@preact/signals";
import { LayerToggles } from "../../controls/layer-toggles.tsx";
import { Slider } from "../../controls/slider.tsx";
import { drawFan } from "../../draw/fan.ts";
import { River } from "../../draw/river.tsx";
import { Figure } from "../../figure/figure.tsx";
import { ouTimeOf } from "../../physics/chain.ts";
import { CLONES } from "../../physics/clones.ts";
import { stateAt } from "../../physics/walks.ts";
import { at } from "../../state/cursor.ts";
import { useMarks } from "../../state/use-marks.ts";
import { PhiChart } from "./phi-chart.tsx";
import {
  branches,
  critical,
  exactPhi,
  fan,
  law,
  measured,
  NONE,
  PARTICLES,
  revealed,
  speciation,
  split,
  state,
  turn,
  walk,
} from "./state.ts";
import { takeClones } from "./take.ts";
import { TurnChart } from "./turn-chart.tsx";

const splitLine = computed(() =>
  split.value === undefined || !revealed.value
    ? undefined
    : { at: split.value, symbol: `the valley splits  t = ${ouTimeOf(split.value).toFixed(3)}` },
);

/** Room 2: from which moment on does a particle's future not matter any more? */
export function ClonesRoom() {
  useMarks(critical);
  return (
    <>
      <header>
        <h2>Clones</h2>
        <p>
          Below, time runs down from noise to data, and each line is the way of one particle. Stop
          one half-way, make {CLONES} copies of it, and let each go on with noise of its own. Early
          on the copies end anywhere; late, all in one place.{" "}
          <strong>Click anywhere on the lines</strong> to clone the nearest particle. Then guess:
          when is the choice made?
        </p>
      </header>
      <div class="bench">
        <Figure title="Fifty futures, and when they agree" caption={<Caption />} take={takeClones}>
          <div class="columns wide-first">
            <section aria-label="Particles and clones">
              <h3>Click to clone</h3>
              <River
                label="Ways of particles from noise to data, and the futures of one that was cloned"
                law={law}
                walk={walk}
                branches={branches}
                split={splitLine}
                height={430}
                overlay={(x, y) => fan.value && drawFan(law.value, fan.value, x, y)}
                onPick={pick}
              />
            </section>
            <section aria-label="Agreement of clones">
              <h3>Do two clones agree? φ(t)</h3>
              <PhiChart height={430} />
            </section>
          </div>
        </Figure>
        <div class="controls">
          <Guess />
          <p class="buttons wide">
            <button type="button" onClick={cloneHere}>
              Clone at the cursor
            </button>
            <button
              type="button"
              disabled={state.particle.value === NONE}
              onClick={() => {
                state.particle.value = NONE;
              }}
            >
              Clear
            </button>
          </p>
          <Slider
            label="Distance of the classes"
            value={state.mean}
            min={0.5}
            max={4}
            step={0.1}
            format={(v) => `± ${v.toFixed(1)}`}
          />
          <Slider
            label="Width of a class"
            value={state.deviation}
            min={0.1}
            max={1.5}
            step={0.05}
            format={(v) => v.toFixed(2)}
          />
          <Slider
            label="Share of the right class"
            value={state.weight}
            min={0.05}
            max={0.95}
            step={0.05}
            format={(v) => `${Math.round(100 * v)} %`}
          />
          <Slider label="Seed" value={state.seed} min={1} max={50} step={1} />
          <LayerToggles />
        </div>
      </div>
      <h2 class="second">And back: the U-turn</h2>
      <p>
        The other way round: take data, noise it up to the cursor, and let it come back. Move the
        time below: a little noise and everything returns to its class, much and nothing remembers.
      </p>
      <Figure title="A U-turn in time" caption={<TurnCaption />} take={takeClones}>
        <TurnChart height={230} />
      </Figure>
    </>
  );
}

/** Clones the particle that is nearest to a place at a time; a click before there are any waits for them. */
function pick(place: number, timestep: number): void {
  let done = false;
  const stop = effect(() => {
    if (done || walk.value === undefined) return;
    done = true;
    const places = law.value.along(stateAt(walk.value, timestep));
    const nearest = places.reduce(
      (best, x, n) => (Math.abs(x - place) < Math.abs(places[best]! - place) ? n : best),
      0,
    );
    batch(() => {
      state.particle.value = nearest;
      state.cloned.value = Math.max(4, Math.round(timestep));
    });
    queueMicrotask(() => stop());
  });
}

/** The same for the keyboard: the next particle, where the cursor is. */
function cloneHere(): void {
  batch(() => {
    state.particle.value =
      state.particle.value === NONE ? 0 : (state.particle.value + 1) % PARTICLES;
    state.cloned.value = Math.min(994, Math.max(4, Math.round(at.value)));
  });
}

function Guess() {
  if (revealed.value)
    return (
      <p class="buttons wide">
        <button
          type="button"
          onClick={() => {
            state.guess.value = NONE;
          }}
        >
          Guess again
        </button>
      </p>
    );
  return (
    <div class="wide">
      <p>
        Put the time where you think two clones still end together in 3 of 4 cases, and no longer
        for sure.
      </p>
      <button
        type="button"
        class="main"
        onClick={() => {
          state.guess.value = Math.max(0, Math.round(at.value));
        }}
      >
        This is my guess
      </button>
    </div>
  );
}

function Caption() {
  const found = fan.value;
  const right = found?.classes.reduce((sum, index) => sum + index, 0);
  return (
    <>
      {found && right !== undefined && (
        <>
          Cloned at step {state.cloned.value}: <output class="number">{right}</output> of {CLONES}{" "}
          futures go right, {CLONES - right} left.{" "}
        </>
      )}
      {revealed.value && <Verdict />}
    </>
  );
}

/** How far off the guess was, and what was measured. */
function Verdict() {
  const guess = state.guess.value;
  const crossing = measured.value?.curve.crossing;
  const there = exactPhi(guess);
  return (
    <>
      At your guess two clones agree with probability{" "}
      <output class="number">{there.toFixed(3)}</output>.{" "}
      {crossing && (
        <>
          Measured on {measured.value!.trajectories} particles, φ falls through 0.775 at t ={" "}
          <output class="number">{crossing.ouTime.toFixed(2)}</output> ({crossing.low.toFixed(2)} to{" "}
          {crossing.high.toFixed(2)});{" "}
        </>
      )}
      {speciation.value !== undefined && (
        <>
          theory says t<sub>S</sub> = ½ ln Λ = {ouTimeOf(speciation.value).toFixed(2)}.{" "}
        </>
      )}
      Line: closed form. Dots: clones, with 95 % intervals. Squares: U-turns that came back.
    </>
  );
}

function TurnCaption() {
  const found = turn.value;
  if (found === undefined) return null;
  const back = found.from.filter((index, n) => index === found.to[n]).length;
  return (
    <>
      From step {found.down.levels[0]!.timestep}, <output class="number">{back}</output> of{" "}
      {PARTICLES} come back in their class.
    </>
  );
}
