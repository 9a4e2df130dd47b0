import type { Signal } from "@preact/signals";

/** A labelled checkbox. */
export function Toggle({
  label,
  value,
}: {
  readonly label: string;
  readonly value: Signal<boolean>;
}) {
  return (
    <label class="toggle">
      <input
        type="checkbox"
        checked={value.value}
        onChange={(event) => {
          value.value = event.currentTarget.checked;
        }}
      />
      <span>{label}</span>
    </label>
  );
}
