/** The `d` of a polyline through points, in tenths of a pixel; it breaks where a coordinate is not finite. */
export function pathOf(count: number, x: (i: number) => number, y: (i: number) => number): string {
  let d = "";
  let down = false;
  for (let i = 0; i < count; i++) {
    const [px, py] = [x(i), y(i)];
    if (!Number.isFinite(px) || !Number.isFinite(py)) {
      down = false;
      continue;
    }
    d += `${down ? "L" : "M"}${Math.round(px * 10) / 10} ${Math.round(py * 10) / 10}`;
    down = true;
  }
  return d;
}
