import { useEffect, useId } from "preact/hooks";
import type { Chosen } from "../workers/read-files.ts";

/** What takes files that the reader has chosen or dropped. */
type TakeFiles = (files: readonly Chosen[]) => void;

/** Lets files be dropped anywhere on the page while a room is open. */
export function useDrops(take: TakeFiles): void {
  useEffect(() => {
    const over = (event: DragEvent) => event.preventDefault();
    const drop = (event: DragEvent) => {
      event.preventDefault();
      if (event.dataTransfer === null) return;
      void droppedFiles(event.dataTransfer).then((dropped) => {
        if (dropped.length > 0) take(dropped);
      });
    };
    document.addEventListener("dragover", over);
    document.addEventListener("drop", drop);
    return () => {
      document.removeEventListener("dragover", over);
      document.removeEventListener("drop", drop);
    };
  }, [take]);
}

/** All files of a drop, those in folders too, each with its place there. */
async function droppedFiles({ items, files }: DataTransfer): Promise<Chosen[]> {
  // Entries must be asked for before anything is awaited: the drop is over then.
  const entries = [...items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  if (entries.length === 0) return [...files].map((file) => ({ file, path: file.name }));
  return (await Promise.all(entries.map(filesOf))).flat();
}

async function filesOf(entry: FileSystemEntry): Promise<Chosen[]> {
  const path = entry.fullPath.replace(/^\//, "");
  if (entry.isFile)
    return new Promise((resolve, reject) =>
      (entry as FileSystemFileEntry).file((file) => resolve([{ file, path }]), reject),
    );
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: Chosen[] = [];
  // A reader gives a hundred at a time, and none at the end.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return found;
    for (const one of some) found.push(...(await filesOf(one)));
  }
}

interface FileButtonProps {
  readonly label: string;
  readonly take: TakeFiles;
  /** Asks for a folder with all that is in it. */
  readonly folder?: boolean;
}

/** A button that asks for files. The same files may be chosen again: they may have changed. */
export function FileButton({ label, take, folder = false }: FileButtonProps) {
  const id = useId();
  return (
    <div class="file">
      <label for={id} class="file-button">
        {label}
      </label>
      <input
        id={id}
        class="hidden"
        type="file"
        multiple
        {...(folder && { webkitdirectory: true })}
        onChange={(event) => {
          const chosen = [...(event.currentTarget.files ?? [])].map((file) => ({
            file,
            path: file.webkitRelativePath || file.name,
          }));
          event.currentTarget.value = "";
          if (chosen.length > 0) take(chosen);
        }}
      />
    </div>
  );
}
