import type { Signal } from "@preact/signals";
import { useId } from "preact/hooks";

interface SliderProps {
  readonly label: string;
  readonly value: Signal<number>;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** How the value reads, with its unit. */
  readonly format?: (value: number) => string;
  readonly hint?: string;
  readonly disabled?: boolean;
}

/** A labelled range with its value beside it. */
export function Slider({ label, value, min, max, step, format, hint, disabled }: SliderProps) {
  const id = useId();
  const shown = (format ?? String)(value.value);
  return (
    <div class="slider" title={hint}>
      <label for={id}>{label}</label>
      <output for={id}>{shown}</output>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        step={step}
        value={value.value}
        disabled={disabled ?? false}
        aria-valuetext={shown}
        onInput={(event) => {
          value.value = event.currentTarget.valueAsNumber;
        }}
      />
    </div>
  );
}
