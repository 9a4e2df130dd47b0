import { parseNpy } from "@symbreak/datasets/bytes";
import { EDGE } from "./training.ts";

/** Points of a file, as they fit on the plane. */
export interface FilePoints {
  /** x and y of each. */
  readonly points: readonly number[];
  /** What was done to them, in words; empty if nothing. */
  readonly note: string;
}

/** Points taken at most, so that an address can hold them. */
const MOST = 300;

/** Points farther out than this are moved and scaled. */
const REACH = 0.95 * EDGE;

/** The largest distance from the middle after scaling: such points have about unit variance. */
const SCALED = 2.2;

/**
 * Points of the plane in a file: text with two numbers a line (a first line of words is a heading), or a .npy of n × 2.
 *
 * @throws Error naming the line that is no point
 */
export async function pointsOfFile(file: File): Promise<FilePoints> {
  const all = file.name.endsWith(".npy")
    ? ofNpy(new Uint8Array(await file.arrayBuffer()), file.name)
    : ofText(await file.text(), file.name);
  if (all.length < 4) throw new Error(`${file.name} holds fewer than two points.`);
  const { points, moved } = fitted(all);
  const notes: string[] = [];
  const count = points.length / 2;
  const stride = Math.max(1, count / MOST);
  const taken = Array.from({ length: Math.min(count, MOST) }, (_, i) => Math.floor(i * stride));
  if (count > MOST) notes.push(`${MOST} of ${count} points were taken`);
  if (moved) notes.push("moved and scaled to fit the plane");
  const round = (value: number) => Math.round(100 * value) / 100;
  return {
    points: taken.flatMap((n) => [round(points[2 * n]!), round(points[2 * n + 1]!)]),
    note: notes.join(", "),
  };
}

function ofNpy(bytes: Uint8Array, name: string): number[] {
  const { shape, data } = parseNpy(bytes, name);
  if (shape.length !== 2 || shape[1] !== 2)
    throw new Error(`${name} must hold n × 2 numbers; its shape is ${shape.join(" × ")}.`);
  return Array.from(data, Number);
}

function ofText(text: string, name: string): number[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  return lines.flatMap((line, i) => {
    if (line === "") return [];
    const numbers = line.split(/[\s,;]+/).map(Number);
    if (numbers.length === 2 && numbers.every(Number.isFinite)) return numbers;
    if (i === 0 && numbers.every(Number.isNaN)) return [];
    throw new Error(
      `Line ${i + 1} of ${name} is no point, which is two numbers: “${line.slice(0, 40)}”.`,
    );
  });
}

/** Points about the middle of the plane, and small enough to be seen. */
function fitted(all: readonly number[]): { points: number[]; moved: boolean } {
  if (all.every((value) => Math.abs(value) <= REACH)) return { points: [...all], moved: false };
  const [x, y] = [0, 1].map((axis) => all.filter((_, i) => i % 2 === axis)) as [number[], number[]];
  const middle = [x, y].map((values) => (Math.min(...values) + Math.max(...values)) / 2);
  const apart = all.map((value, i) => value - middle[i % 2]!);
  const scale = SCALED / Math.max(...apart.map(Math.abs));
  return { points: apart.map((value) => value * scale), moved: true };
}
