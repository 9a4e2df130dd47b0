import type {
  ClassifierCard,
  DenoiserCard,
  ExtractorCard,
  ModelCard,
  Quality,
} from "@symbreak/zoo";
import { duration } from "../../src/terminal/progress.ts";

type Row = readonly [key: string, value: string];

/** A card as a page for people; `picture` says what a trained network's picture shows. */
export function cardPage(card: ModelCard, picture?: string): string {
  const { name, licence } = card;
  const isOthers = card.kind === "extractor";
  const rows: Row[] = [
    ["kind", card.kind],
    ...(isOthers ? extractorRows(card) : trainedRows(card)),
    [
      "file",
      `\`${name}.onnx\`, ${(card.bytes / 1e6).toFixed(2)} MB, weights in ${card.precision}, largest error ${card.error.toExponential(1)} of the output, sha256 \`${card.sha256}\``,
    ],
    ["licence", `weights ${licence.weights}; data: ${licence.data}`],
  ];
  const { commands } = isOthers ? card.source : card.training;
  const page = `# ${name}

${rows.map(([key, value]) => `- **${key}:** ${value}`).join("\n")}

\`\`\`sh
${commands.join("\n")}
\`\`\`
`;
  if (isOthers) return page;
  return `${page}
![${picture}](${name}.png)

${picture}

![Training loss against steps](${name}.svg)
`;
}

function extractorRows(card: ExtractorCard): Row[] {
  const { source } = card;
  return [
    ["network", `${card.description}, ${card.parameters.toLocaleString("en")} parameters`],
    ["sample", `images of any size, ${card.channels.join(" or ")} channels, units ${card.units}`],
    ["inside the file", card.preprocessing.join("; ")],
    ["features", `${card.features}`],
    ["source", `${source.package}, \`${source.file}\`, sha256 \`${source.sha256}\``],
    ["paper", source.paper],
  ];
}

function trainedRows(card: DenoiserCard | ClassifierCard): Row[] {
  const { data, training, architecture, units } = card;
  const { className, ...options } = architecture;
  const trained = [
    [data.dataset, data.split].join(" "),
    ...data.selection,
    `${data.n.toLocaleString("en")} images`,
    `units ${units}`,
    ...(training.flip ? ["mirrored at random"] : []),
  ];
  return [
    [
      "network",
      `${className} ${code(options)}, ${card.parameters.toLocaleString("en")} parameters`,
    ],
    ["sample", card.shape.join("×")],
    ["trained on", trained.join(", ")],
    ["objective", code(training.objective)],
    ["optimiser", code(training.optimiser)],
    [
      "training",
      `${training.steps.toLocaleString("en")} steps of ${training.batch} images, ${training.images.toLocaleString("en")} images, seed ${training.seed}, ${duration(1000 * training.seconds)} on ${training.engine}`,
    ],
    ...(card.kind === "classifier" ? evaluationRows(card) : denoiserRows(card)),
  ];
}

function evaluationRows({ evaluation }: ClassifierCard): Row[] {
  if (evaluation === undefined) return [];
  const { data, accuracy, loss } = evaluation;
  return [
    [
      "not trained on",
      `${data}: ${(100 * accuracy).toFixed(2)} % named right, cross-entropy ${loss.toFixed(4)} nats`,
    ],
  ];
}

function denoiserRows({ name, quality, moments, classes }: DenoiserCard): Row[] {
  return [
    ...(classes ? [["classes", ofClasses(classes)] as const] : []),
    ...(quality ? [["quality", ofSamples(quality)] as const] : []),
    ...(moments
      ? [
          [
            "moments",
            `\`${name}.moments\`, ${Math.round(moments.bytes / 1000)} kB: mean and ${moments.axes} axes of ${moments.count.toLocaleString("en")} images, sha256 \`${moments.sha256}\``,
          ] as const,
        ]
      : []),
  ];
}

function ofClasses({ count, none }: NonNullable<DenoiserCard["classes"]>): string {
  const without = none === null ? "it must be told one" : `label ${none} stands for none`;
  return `${count}, input \`class_labels\`; ${without}`;
}

function ofSamples(quality: Quality): string {
  const { metric, n, real, steps, nfe, seed, floor, classes } = quality;
  const dealt = classes ? ", classes dealt" : "";
  const number = (value: number | null) => value?.toPrecision(3) ?? "–";
  const shown = ({ value, low, high }: Pick<Quality, "value" | "low" | "high">) =>
    `${number(value)} [${number(low)}, ${number(high)}]`;
  return `${metric} ${shown(quality)} of ${n} samples (DDIM from noise, ${steps} steps, ${nfe} network calls${dealt}, seed ${seed}) to ${real}; of as many training images ${shown(floor)}`;
}

function code(value: object): string {
  return `\`${JSON.stringify(value)}\``;
}
