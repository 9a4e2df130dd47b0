import type { Signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface Option<V extends string> {
  readonly value: V;
  readonly label: string;
  /** A small picture above the label. */
  readonly picture?: ComponentChildren;
}

interface ChoiceProps<V extends string> {
  readonly label: string;
  readonly value: Signal<V>;
  readonly options: readonly Option<V>[];
  readonly onChoose?: (value: V) => void;
}

/** One of a few, as a row of radio buttons; with pictures, as thumbnails. */
export function Choice<V extends string>({ label, value, options, onChoose }: ChoiceProps<V>) {
  const name = useId();
  return (
    <fieldset class="choice">
      <legend>{label}</legend>
      {options.map((option) => (
        <label key={option.value} class={option.picture ? "thumbnail" : undefined}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={value.value === option.value}
            onChange={() => {
              value.value = option.value;
              onChoose?.(option.value);
            }}
          />
          <span>
            {option.picture}
            {option.label}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
