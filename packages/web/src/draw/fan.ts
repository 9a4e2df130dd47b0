import type { Fan } from "../physics/clones.ts";
import type { LineLaw } from "../physics/line-law.ts";
import type { Draw } from "./canvas.tsx";
import { hue } from "./river.tsx";
import type { Scale } from "./scale.ts";

/** The futures of a clone, each in the colour of its end, from a dot where they part. */
export function drawFan(law: LineLaw, { walk, classes }: Fan, x: Scale, y: Scale): Draw {
  const ways = walk.states.map((state) => law.along(state));
  return (context) => {
    context.lineWidth = 1;
    context.globalAlpha = 0.75;
    classes.forEach((index, n) => {
      context.strokeStyle = hue(index);
      context.beginPath();
      ways.forEach((way, k) => {
        const [px, py] = [x(way[n]!), y(walk.levels[k]!.timestep)];
        if (k === 0) context.moveTo(px, py);
        else context.lineTo(px, py);
      });
      context.stroke();
    });
    context.globalAlpha = 1;
  };
}
