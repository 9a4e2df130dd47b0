import type { ModelCard } from "@symbreak/zoo";
import { duration } from "../../src/terminal/progress.ts";

/** A card as a page for people. */
export function cardPage(card: ModelCard, picture: string): string {
  const { name, kind, data, training, evaluation, quality, licence, architecture } = card;
  const { className, ...options } = architecture;
  const trained = [
    [data.dataset, data.split].join(" "),
    ...data.selection,
    `${data.n.toLocaleString("en")} images`,
    `scale ${data.scale}`,
    ...(training.flip ? ["mirrored at random"] : []),
  ];
  const rows: (readonly [string, string])[] = [
    ["kind", kind],
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
    ...(evaluation
      ? [
          [
            "not trained on",
            `${evaluation.data}: ${(100 * evaluation.accuracy).toFixed(2)} % named right, cross-entropy ${evaluation.loss.toFixed(4)} nats`,
          ] as const,
        ]
      : []),
    ...(quality ? [["quality", ofSamples(quality)] as const] : []),
    [
      "file",
      `\`${name}.onnx\`, ${(card.bytes / 1e6).toFixed(2)} MB, weights in ${card.precision}, largest error ${card.error.toExponential(1)} of the output, sha256 \`${card.sha256}\``,
    ],
    ["licence", `weights ${licence.weights}; data: ${licence.data}`],
  ];
  return `# ${name}

${rows.map(([key, value]) => `- **${key}:** ${value}`).join("\n")}

\`\`\`sh
${training.commands.join("\n")}
\`\`\`

![${picture}](${name}.png)

${picture}

![Training loss against steps](${name}.svg)
`;
}

function ofSamples(quality: NonNullable<ModelCard["quality"]>): string {
  const { metric, n, real, steps, nfe, seed, floor } = quality;
  const number = (value: number | null) => value?.toPrecision(3) ?? "–";
  const shown = ({ value, low, high }: Pick<typeof quality, "value" | "low" | "high">) =>
    `${number(value)} [${number(low)}, ${number(high)}]`;
  return `${metric} ${shown(quality)} of ${n} samples (DDIM from noise, ${steps} steps, ${nfe} network calls, seed ${seed}) to ${real}; of as many training images ${shown(floor)}`;
}

function code(value: object): string {
  return `\`${JSON.stringify(value)}\``;
}
