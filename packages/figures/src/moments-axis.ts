import * as Plot from "@observablehq/plot";
import { type FigureOptions, figure } from "./figure.ts";
import { panel } from "./panel.ts";
import { palette, theme } from "./theme.ts";
import { timeAxis } from "./time-axis.ts";

/** Times of one network and its data, with their intervals. */
export interface MomentsAxisData {
  readonly title: string;
  readonly moments: readonly {
    readonly name: string;
    /** What kind of time it is; one colour each. */
    readonly kind: string;
    readonly time: number;
    readonly low: number | null;
    readonly high: number | null;
  }[];
}

/** Pixels of a row, of a letter, and of the air at the end of the axis. */
const [ROW, LETTER, AIR] = [22, 6.6, 0.15];

/** Below this width names stand on lines of their own, each above its time. */
const NARROW = 500;

/** Many times on one axis, noise on the left: a row each with its name, so that none overprints another. */
export function momentsAxis(
  { title, moments }: MomentsAxisData,
  { document, width = theme.width }: FigureOptions,
): string {
  const kinds = [...new Set(moments.map(({ kind }) => kind))];
  const ends = moments.flatMap(({ time, low, high }) => [time, low ?? time, high ?? time]);
  const late = Math.max(...ends) + AIR;
  const early = Math.max(0, Math.min(...ends) - AIR);
  const longest = Math.max(...moments.map(({ name }) => name.length));
  const above = width < NARROW;
  const marginLeft = above ? 12 : Math.min(0.45 * width, LETTER * longest + 12);
  const tall = above ? 2 * ROW : ROW;
  const axis = timeAxis(width - marginLeft - 24, late, early);
  const rows = moments.map((moment, row) => ({
    ...moment,
    row,
    fill: palette[kinds.indexOf(moment.kind) % palette.length]!,
  }));
  const plot = panel(document, {
    width,
    height: tall * moments.length + 100,
    marginLeft,
    marginRight: 24,
    marginTop: 46,
    marginBottom: 42,
    x: axis.x,
    y: { domain: [moments.length - 0.4, -0.6], axis: null },
    marks: [
      ...axis.marks,
      Plot.ruleY(rows, { y: "row", strokeOpacity: 0.1 }),
      Plot.ruleY(
        rows.filter(({ low, high }) => low !== null && high !== null),
        { y: "row", x1: "low", x2: "high", stroke: "fill", strokeWidth: 3, strokeOpacity: 0.5 },
      ),
      Plot.dot(rows, { x: "time", y: "row", r: 4.5, fill: "fill" }),
      Plot.text(rows, {
        x: () => late,
        y: "row",
        text: "name",
        textAnchor: above ? "start" : "end",
        dx: above ? 0 : -8,
        dy: above ? -0.75 * ROW : 0,
        fill: "fill",
      }),
    ],
  });
  const said = moments.map(({ name, time }) => `${name} ${time.toFixed(3)}`);
  return figure({ title, description: `From noise to data, OU time: ${said.join("; ")}.` }, [
    [plot],
  ]);
}
