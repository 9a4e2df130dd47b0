import { layers } from "../draw/layers.ts";
import { Toggle } from "./toggle.tsx";

/** Switches for what rivers show. */
export function LayerToggles() {
  return (
    <fieldset class="toggles">
      <legend>Show</legend>
      <Toggle label="density" value={layers.density} />
      <Toggle label="ways" value={layers.ways} />
      <Toggle label="valleys" value={layers.valleys} />
    </fieldset>
  );
}
