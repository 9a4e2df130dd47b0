import type { Signal } from "@preact/signals";
import { useId } from "preact/hooks";

interface SelectProps {
  readonly label: string;
  readonly value: Signal<string>;
  /** What is shown, by value. */
  readonly options: Readonly<Record<string, string>>;
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
        {Object.entries(options).map(([option, title]) => (
          <option key={option} value={option}>
            {title}
          </option>
        ))}
      </select>
    </div>
  );
}
