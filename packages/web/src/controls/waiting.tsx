import type { Stage } from "../workers/stage.ts";

/** What the page waits for, and how far it is. */
export function Waiting({ stage, note }: { readonly stage: Stage; readonly note?: string }) {
  const { words, share } = stage;
  return (
    <p class="waiting" role="status">
      <progress aria-label="How far it is" {...(share !== undefined && { value: share })} /> {words}{" "}
      …{note && ` ${note}`}
    </p>
  );
}
