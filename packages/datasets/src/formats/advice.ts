/** Formats that are known and not read, by their extension: what they are, and what to do instead. */
const KNOWN: Readonly<Record<string, string>> = {
  ".mat": "MATLAB's files are not read: numpy.savez(file, images=scipy.io.loadmat(…)[…])",
  ".h5": "HDF5 is not read: numpy.savez(file, images=h5py.File(…)[…][:])",
  ".arrow":
    "Arrow files of datasets' cache and save_to_disk are not read: Dataset.to_parquet(file)",
  ".pt":
    "files of torch.save are pickles, which could run any program: numpy.save(file, tensor.numpy())",
  ".pkl": "a pickle could run any program: numpy.savez(file, images=…, labels=…)",
  ".tfrecord": "TFRecord is not read: write the images as files, or as Parquet with datasets",
  ".csv": "CSV is not read: numpy.savez(file, images=…, labels=…)",
  ".zip": "a zip of images must be unpacked first (unzip)",
  ".tar": "a tar, and so a WebDataset, must be unpacked first (tar xf)",
  ".7z": "an archive must be unpacked first",
  ".bmp": "images that are not read can be converted: magick mogrify -format png *",
};

/** Other extensions of the same. */
const SAME: Readonly<Record<string, string>> = {
  ".hdf5": ".h5",
  ".hdf": ".h5",
  ".pth": ".pt",
  ".ckpt": ".pt",
  ".pickle": ".pkl",
  ".tfrecords": ".tfrecord",
  ".tsv": ".csv",
  ".tgz": ".tar",
  ".gz": ".tar",
  ".rar": ".7z",
  ".ppm": ".bmp",
  ".pgm": ".bmp",
  ".heic": ".bmp",
  ".heif": ".bmp",
  ".jxl": ".bmp",
  ".svg": ".bmp",
};

/** What to do with files of this extension, which are not read; undefined where nothing is known of it. */
export function adviceOn(extension: string): string | undefined {
  const word = extension.toLowerCase();
  return KNOWN[SAME[word] ?? word];
}

/** The first bytes of some of them, as Latin-1, with the extension whose advice is theirs. */
const MAGIC: readonly [start: string, extension: string][] = [
  ["MATLAB ", ".mat"],
  ["\x89HDF", ".h5"],
  ["ARROW1", ".arrow"],
  ["\x80\x02", ".pkl"],
  ["\x80\x03", ".pkl"],
  ["\x80\x04", ".pkl"],
  ["\x80\x05", ".pkl"],
  ["7z\xbc\xaf", ".7z"],
  ["Rar!", ".7z"],
  ["BM", ".bmp"],
];

/** The same by a file's name and first bytes, which are surer. */
export function adviceOnFile(file: string, head: Uint8Array): string | undefined {
  const start = Array.from(head, (byte) => String.fromCharCode(byte)).join("");
  const known = MAGIC.find(([magic]) => start.startsWith(magic))?.[1];
  return adviceOn(known ?? /\.\w+$/.exec(file)?.[0] ?? "");
}
