import { mkdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { loadDataset } from "@symbreak/datasets";
import { parquetWriteBuffer } from "hyparquet-writer";
import { framedPng, png, pngParts } from "../attacks/png.ts";
import { bytesOf, checkData, type Target, text, writer } from "../target.ts";

const FORMATS = ["png", "jpeg", "webp", "gif", "tiff", "avif"] as const;

/** Encoded pictures, in folders and in Parquet. */
export async function pictures(folder: string): Promise<Target[]> {
  const file = writer(folder);
  const at = join(folder, "pictures");
  const read = async (name: string, bytes: Uint8Array) => {
    rmSync(at, { recursive: true, force: true });
    mkdirSync(at, { recursive: true });
    file(`pictures/${name}`, bytes);
    checkData(await loadDataset(at));
  };
  const others = await Promise.all(FORMATS.map(encoded));
  return [
    {
      name: "png",
      names: /a\.png/,
      forms: [
        { kind: "bytes", seeds: [png(8, 8), others[0]!] },
        { kind: "bytes", seeds: [pngParts(8, 8)], frame: framedPng },
      ],
      attacks: [png(8, 8, 0x7fffffff), png(0, 8), framedPng(pngParts(8, 8, 60_000))],
      read: (bytes) => read("a.png", bytes),
    },
    {
      name: "jpeg, webp, gif, tiff, avif",
      names: /a\.jpg/,
      forms: [{ kind: "bytes", seeds: others.slice(1) }],
      attacks: [text("<svg/>"), text("GIF89a"), text("RIFF\0\0\0\0WEBP")],
      read: (bytes) => read("a.jpg", bytes),
    },
    {
      name: "Parquet",
      names: /a\.parquet/,
      forms: [{ kind: "bytes", seeds: [parquet("INT32"), parquet("STRING")] }],
      attacks: [text("PAR1"), text("PAR1\0\0\0\0PAR1"), text("PAR1\xff\xff\xff\xffPAR1")],
      read: async (bytes) => checkData(await loadDataset(file("a.parquet", bytes))),
    },
  ];
}

async function encoded(format: (typeof FORMATS)[number]): Promise<Uint8Array> {
  // datasets decodes by sharp, which this package has no business with otherwise.
  const sharp = createRequire(import.meta.resolve("@symbreak/datasets"))("sharp");
  const raw = { width: 8, height: 8, channels: 3 };
  return await sharp(Buffer.from(bytesOf(192)), { raw })
    [format]()
    .toBuffer();
}

function parquet(labels: "INT32" | "STRING"): Uint8Array {
  const data = labels === "INT32" ? [0, 1] : ["cat", "dog"];
  const buffer = parquetWriteBuffer({
    columnData: [
      { name: "image", data: [png(8, 8), png(8, 8)], type: "BYTE_ARRAY" },
      { name: "label", data, type: labels },
    ],
  });
  return new Uint8Array(buffer);
}
