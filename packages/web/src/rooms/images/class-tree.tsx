import type { ClassTree as Tree } from "@symbreak/analysis";
import { pictureOf } from "../../draw/picture.ts";
import { Plot } from "../../draw/plot.tsx";
import { linearScale, type Scale } from "../../draw/scale.ts";
import { StepAxis } from "../../draw/step-axis.tsx";
import { BOTTOM, TOP, timestepOf } from "../../physics/chain.ts";
import type { ClassTimes } from "../../physics/images.ts";
import { at } from "../../state/cursor.ts";

/** Pixels a class takes, and of its picture. */
const [ROW, SIDE] = [26, 22];

/** When the classes part, as a tree: from one law on the left, in noise, to a class a leaf on the right. */
export function ClassTree({
  times,
  shape,
}: {
  readonly times: ClassTimes;
  readonly shape: readonly number[];
}) {
  const leaves = leavesOf(times.tree);
  const size = times.means.length / times.classes.length;
  const longest = Math.max(...times.names.map((name) => name.length));
  const pictures = leaves.map((label) => {
    const k = times.classes.indexOf(label);
    const mean = times.means.subarray(k * size, (k + 1) * size);
    return shape.length === 3 ? pictureOf(mean, shape, false) : undefined;
  });
  return (
    <Plot
      label="The classes as a tree: where two branches part, a model decides between them"
      height={ROW * leaves.length + 50}
      margins={{ left: 46, right: 40 + Math.min(120, 7 * longest), top: 8, bottom: 42 }}
      draw={({ right, top }) =>
        (context) => {
          context.imageSmoothingEnabled = false;
          pictures.forEach((picture, k) => {
            if (picture)
              context.drawImage(picture, right + 6, top + ROW * (k + 0.5) - SIDE / 2, SIDE, SIDE);
          });
        }}
    >
      {({ left, right, top, bottom }) => {
        const x = linearScale([TOP, BOTTOM], [left, right]);
        const y = (place: number) => top + ROW * (place + 0.5);
        return (
          <>
            <StepAxis scale={x} at={bottom} label="step at which a choice is made (noise → data)" />
            <Branch tree={times.tree} from={TOP} leaves={leaves} x={x} y={y} />
            {leaves.map((label, k) => (
              <text key={label} x={right + 12 + SIDE} y={y(k)} dy="0.32em">
                {times.names[times.classes.indexOf(label)]!.slice(0, 20)}
              </text>
            ))}
            <line class="middle" x1={x(at.value)} x2={x(at.value)} y1={top} y2={bottom} />
          </>
        );
      }}
    </Plot>
  );
}

/** The classes from top to bottom, so that no two branches cross. */
function leavesOf({ classes, children }: Tree): number[] {
  return children === null ? [...classes] : children.flatMap(leavesOf);
}

interface BranchProps {
  readonly tree: Tree;
  /** Timestep where it comes from. */
  readonly from: number;
  readonly leaves: readonly number[];
  readonly x: Scale;
  readonly y: (place: number) => number;
}

function Branch({ tree, from, leaves, x, y }: BranchProps) {
  const place = placeOf(tree, leaves);
  // Groups that part at no time that was looked at do so at the data.
  const end =
    tree.children === null || tree.parts === null ? BOTTOM : timestepOf(tree.parts.ouTime);
  const parts = Math.min(from, end);
  return (
    <>
      <path class="branch" d={`M${x(from)} ${y(place)}H${x(parts)}`} />
      {tree.children?.map((child) => {
        const to = placeOf(child, leaves);
        return (
          <g key={child.classes.join()}>
            <path class="branch" d={`M${x(parts)} ${y(place)}V${y(to)}`} />
            <Branch tree={child} from={parts} leaves={leaves} x={x} y={y} />
          </g>
        );
      })}
    </>
  );
}

/** The middle of a tree's two children; a leaf's own place. */
function placeOf({ classes, children }: Tree, leaves: readonly number[]): number {
  if (children === null) return leaves.indexOf(classes[0]!);
  return children.reduce((sum, child) => sum + placeOf(child, leaves), 0) / 2;
}
