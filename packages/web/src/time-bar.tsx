import { useId } from "preact/hooks";
import { Typeset } from "./draw/subscript.tsx";
import { useWidth } from "./draw/use-width.ts";
import { BOTTOM, ouTimeOf, TOP } from "./physics/chain.ts";
import { at, level, type Mark, marks, playing, slow, stepBy, togglePlay } from "./state/cursor.ts";

/** Where a timestep is on the bar, from 0 (noise) to 1 (data). */
function share(timestep: number): number {
  return (TOP - timestep) / (TOP - BOTTOM);
}

/** The one time of the lab, always in reach: play, step, drag, with the critical times of the room marked. */
export function TimeBar() {
  return (
    <section class="time" aria-label="Time">
      <button
        type="button"
        class="play"
        aria-label={playing.value ? "Pause" : "Play from noise to data"}
        onClick={togglePlay}
      >
        <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
          <path d={playing.value ? "M5 3h4v16H5zM13 3h4v16h-4z" : "M5 2l14 9-14 9z"} />
        </svg>
      </button>
      <button type="button" aria-label="One step back to the noise" onClick={() => stepBy(-1)}>
        ‹
      </button>
      <button type="button" aria-label="One step on to the data" onClick={() => stepBy(1)}>
        ›
      </button>
      <button
        type="button"
        aria-pressed={slow.value}
        onClick={() => {
          slow.value = !slow.value;
        }}
      >
        slow
      </button>
      <Track />
    </section>
  );
}

function Track() {
  const id = useId();
  const timestep = Math.round(at.value);
  const ou = ouTimeOf(at.value).toFixed(2);
  const spoken = timestep === BOTTOM ? "clean data" : `step ${timestep}, OU time ${ou}`;
  return (
    <div class="track">
      <Marks />
      <label for={id} class="hidden">
        Time, from noise to data
      </label>
      <input
        id={id}
        type="range"
        min={0}
        max={TOP - BOTTOM}
        step={1}
        value={TOP - at.value}
        aria-valuetext={spoken}
        onInput={(event) => {
          playing.value = false;
          at.value = TOP - event.currentTarget.valueAsNumber;
        }}
      />
      <p class="ends" aria-hidden="true">
        <span>noise</span>
        <output class="now">
          {timestep === BOTTOM ? "data" : `step ${timestep}`} · t = {ou} · signal{" "}
          {Math.round(100 * level.value.alpha)} %
        </output>
        <span>data</span>
      </p>
    </div>
  );
}

/** Pixels of the bar that a mark's words need about it. */
const CLOSE = 46;

/** Where words may stand about a mark, best first: the row, and the side. */
const PLACES = ["", "low", "before", "low before"] as const;

/** The marks with a place for their words each, so that neighbours do not meet; where all is taken a mark has no words. */
function placed(
  all: readonly Mark[],
  width: number,
): readonly (Mark & { readonly place: string })[] {
  const close = CLOSE / Math.max(1, width);
  const taken: { low: boolean; from: number; to: number }[] = [];
  return all
    .toSorted((one, other) => other.at - one.at)
    .map((mark) => {
      const at = share(mark.at);
      const spans = PLACES.map((place) => {
        const [from, to] = place.endsWith("before") ? [at - close, at] : [at, at + close];
        return { place, low: place.startsWith("low"), from, to };
      });
      const free = spans.find(
        ({ low, from, to }) =>
          from >= 0 &&
          to <= 1 &&
          taken.every((one) => one.low !== low || one.to <= from || one.from >= to),
      );
      if (free === undefined) return { ...mark, place: "wordless" };
      taken.push(free);
      return { ...mark, place: free.place };
    });
}

function Marks() {
  const [element, width] = useWidth<HTMLUListElement>();
  return (
    <ul ref={element} class="marks" aria-label="Critical times">
      {placed(marks.value, width).map((mark) => (
        <li
          key={`${mark.symbol} ${mark.title} ${mark.at}`}
          class={mark.place}
          style={{ left: `${100 * share(mark.at)}%` }}
        >
          <button
            type="button"
            title={`${mark.title}: step ${Math.round(mark.at)}, t = ${ouTimeOf(mark.at).toFixed(3)}`}
            onClick={() => {
              playing.value = false;
              at.value = mark.at;
            }}
          >
            <Typeset text={mark.symbol} />
            <span class="hidden">: {mark.title}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
