import type { FileMetaData, SchemaTree } from "hyparquet";

/** Which columns of a Parquet file are what. */
export interface ImageColumns {
  readonly image: string;
  readonly label: string | undefined;
  readonly classNames: string[] | undefined;
}

/** The column types that Hugging Face's `datasets` writes beside the data. */
type Features = Record<string, { _type?: string; names?: unknown } | undefined>;

const LABELS = ["label", "labels", "fine_label"];

/**
 * Finds the image column, `{ bytes, path }` or plain bytes, and the label column: by the `huggingface` metadata, else
 * by structure and name. Undefined when no column can hold images.
 */
export function imageColumns(schema: SchemaTree, metadata: FileMetaData): ImageColumns | undefined {
  const features = huggingFaceFeatures(metadata);
  const typed = (type: string): string | undefined =>
    Object.keys(features).find((name) => features[name]?._type === type);
  const flat = schema.children.filter(({ element }) => element.repetition_type !== "REPEATED");
  const names = flat.map(({ element }) => element.name);
  const holdsImages = flat.filter(({ children, element }) =>
    children.length > 0
      ? children.some((child) => child.element.name === "bytes" && isBytes(child))
      : element.type === "BYTE_ARRAY" && element.converted_type !== "UTF8",
  );
  const candidates = holdsImages.map(({ element }) => element.name);
  const image = [typed("Image"), "image", "img", ...candidates].find(
    (name) => name !== undefined && candidates.includes(name),
  );
  if (image === undefined) return undefined;
  const label = [typed("ClassLabel"), ...LABELS].find((n) => n !== undefined && names.includes(n));
  const classNames = label === undefined ? undefined : features[label]?.names;
  return { image, label, classNames: isStrings(classNames) ? classNames : undefined };
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
  return element.type === "BYTE_ARRAY" && element.repetition_type !== "REPEATED";
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
