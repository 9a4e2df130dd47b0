import type { ModelCard } from "@symbreak/zoo";

const MARKS = /(<!-- models -->\n)[\s\S]*?(<!-- \/models -->)/;

/** The README with its table of models made anew, between its marks. */
export function withModelTable(readme: string, cards: readonly ModelCard[]): string {
  if (!MARKS.test(readme)) throw new Error("the README must have <!-- models --> and its end");
  const header = ["model", "of", "trained on", "parameters", "file", "measured"];
  const rows = cards.map((card) => [
    `[\`${card.name}\`](models/${card.name}.md)`,
    `${card.kind}, ${card.kind === "extractor" ? "images of any size" : card.shape.join("×")}`,
    card.kind === "extractor"
      ? card.licence.data
      : [card.data.dataset, ...card.data.selection, `units ${card.units}`].join(", "),
    card.parameters.toLocaleString("en"),
    `${(card.bytes / 1e6).toFixed(2)} MB`,
    measured(card),
  ]);
  const lines = [header, header.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`);
  return readme.replace(MARKS, (_, start, end) => `${start}\n${lines.join("\n")}\n\n${end}`);
}

function measured(card: ModelCard): string {
  if (card.kind === "extractor") return `${card.features} features`;
  if (card.kind === "classifier") {
    const { evaluation } = card;
    if (evaluation === undefined) return "–";
    return `${(100 * evaluation.accuracy).toFixed(2)} % of ${evaluation.n.toLocaleString("en")} test images named right`;
  }
  if (card.quality === undefined) return "–";
  const { metric, value, floor, n, nfe } = card.quality;
  return `${metric} ${value.toPrecision(3)} of ${n} samples by DDIM, ${nfe} network calls; of training images ${floor.value.toPrecision(3)}`;
}
