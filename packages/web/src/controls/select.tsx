import type { Signal } from "@preact/signals";
import { useId } from "preact/hooks";

interface SelectProps {
  readonly label: string;
  readonly value: Signal<string>;
  readonly options: readonly string[];
  readonly onChoose?: (value: string) => void;
}

/** One of many, by name. */
export function Select({ label, value, options, onChoose }: SelectProps) {
  const id = useId();
  return (
    <div class="select">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={value.value}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          onChoose?.(chosen);
          value.value = chosen;
        }}
      >
        {options.map((option) => (
          <option key={option} value={option}>
            {option}
          </option>
        ))}
      </select>
    </div>
  );
}
