import type { FileMetaData, SchemaTree } from "hyparquet";
import type { ColumnPath } from "./parquet-file.ts";

/** Which columns of a Parquet file are what. */
export interface ImageColumns {
  /** Where the bytes of encoded images are; else `numbers` says where lists of numbers are. */
  readonly image?: ColumnPath;
  readonly numbers?: ColumnPath;
  readonly label: ColumnPath | undefined;
  readonly classNames: string[] | undefined;
  /** The other columns. */
  readonly others: readonly string[];
}

/** The column types that Hugging Face's `datasets` writes beside the data. */
type Features = Record<string, { _type?: string; names?: unknown } | undefined>;

const LABELS = ["label", "labels", "fine_label", "class", "category", "target"];
const NUMBERS = [
  "image",
  "img",
  "pixels",
  "latent",
  "latents",
  "x",
  "data",
  "features",
  "embedding",
];
const NUMERIC: readonly string[] = ["INT32", "INT64", "FLOAT", "DOUBLE"];

/**
 * Finds the image column, `{ bytes, path }` or plain bytes, and the label column: by the `huggingface` metadata, else
 * by structure and name. Without encoded images, a column of lists of numbers: by its name, or the only one. Undefined when no
 * column is either.
 */
export function imageColumns(schema: SchemaTree, metadata: FileMetaData): ImageColumns | undefined {
  const features = huggingFaceFeatures(metadata);
  const typed = (type: string): string | undefined =>
    Object.keys(features).find((name) => features[name]?._type === type);
  const images = schema.children.map(imageLeaf).filter((path) => path !== undefined);
  const image = [typed("Image"), "image", "img"]
    .map((name) => images.find(([column]) => column === name))
    .find((path) => path !== undefined);
  const plain = schema.children.filter(isLabel).map(({ element }) => element.name);
  const label = [typed("ClassLabel"), ...LABELS].find((n) => n !== undefined && plain.includes(n));
  const names = label === undefined ? undefined : features[label]?.names;
  const lists = schema.children.map(listLeaf).filter((path) => path !== undefined);
  const usual = NUMBERS.map((name) => lists.find(([column]) => column === name));
  const numbers =
    usual.find((path) => path !== undefined) ?? (lists.length === 1 ? lists[0] : undefined);
  const chosen = image ?? images[0];
  const samples = chosen ?? numbers;
  if (samples === undefined) return undefined;
  return {
    ...(chosen ? { image: chosen } : { numbers: samples }),
    label: label === undefined ? undefined : [label],
    classNames: isStrings(names) ? names : undefined,
    others: schema.children
      .map(({ element }) => element.name)
      .filter((name) => name !== samples[0] && name !== label),
  };
}

/** The path to the bytes of a column that can hold images. */
function imageLeaf(column: SchemaTree): ColumnPath | undefined {
  const { name, repetition_type: repetition } = column.element;
  if (repetition === "REPEATED") return undefined;
  if (isBytes(column)) return [name];
  return column.children.some((child) => child.element.name === "bytes" && isBytes(child))
    ? [name, "bytes"]
    : undefined;
}

/** The path to the numbers of a column of lists, or of lists in lists. */
function listLeaf(column: SchemaTree): ColumnPath | undefined {
  const path: string[] = [];
  let repeated = false;
  for (let at = column; ; at = at.children[0]!) {
    const { name, repetition_type: repetition, type } = at.element;
    path.push(name);
    repeated ||= repetition === "REPEATED";
    if (at.children.length === 0) return repeated && NUMERIC.includes(type!) ? path : undefined;
    if (at.children.length > 1) return undefined;
  }
}

function huggingFaceFeatures(metadata: FileMetaData): Features {
  const text = metadata.key_value_metadata?.find(({ key }) => key === "huggingface")?.value;
  try {
    return JSON.parse(text ?? "{}").info?.features ?? {};
  } catch {
    return {}; // Names are a comfort; the columns are found without them.
  }
}

function isBytes({ element }: SchemaTree): boolean {
  const { type, converted_type: converted, repetition_type: repetition } = element;
  return type === "BYTE_ARRAY" && converted !== "UTF8" && repetition !== "REPEATED";
}

/** One number, truth or string a row. */
function isLabel({ element, children }: SchemaTree): boolean {
  const { type, converted_type: converted, repetition_type: repetition } = element;
  if (children.length > 0 || repetition === "REPEATED") return false;
  return type !== undefined && (type !== "BYTE_ARRAY" || converted === "UTF8");
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
