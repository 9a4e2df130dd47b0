import { chmodSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { fetchFashionMnist } from "../../src/fetch/fetch-fashion-mnist.ts";
import { FASHION_DEBIAN } from "../../src/sets/fashion-mnist.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const { path, write } = temporaryFolder();
afterEach(() => vi.unstubAllEnvs());

/** Puts shell scripts before the programs of these names. */
function pretend(name: string, programs: Record<string, string>): string {
  for (const [program, script] of Object.entries(programs)) {
    chmodSync(write(`${name}/bin/${program}`, `#!/bin/sh\n${script}\n`), 0o755);
  }
  vi.stubEnv("PATH", `${join(path, name, "bin")}:${process.env.PATH}`);
  write(`${name}/out/.keep`, "");
  return join(path, name, "out");
}

test.skipIf(process.platform === "win32")(
  "a package with other content is refused by its sha256",
  async () => {
    const header = String.raw`\000\000\010\003\000\000\000\001\000\000\000\001\000\000\000\001x`;
    const folder = pretend("forged", {
      "apt-get": "touch forged.deb",
      "dpkg-deb": `mkdir -p "$3${FASHION_DEBIAN}" && cd "$3${FASHION_DEBIAN}" && printf '${header}' > train-images-idx3-ubyte && touch train-labels-idx1-ubyte`,
    });
    const said: string[] = [];
    await expect(fetchFashionMnist(folder, (what) => said.push(what))).rejects.toThrow(
      `${join(folder, "train-images-idx3-ubyte")}: expected content with sha256 c59f468a`,
    );
    expect(said.at(-1)).toBe("checking the images");
  },
);

test("where there is no apt the error says how else to get the set", async () => {
  const folder = pretend("elsewhere", {});
  vi.stubEnv("PATH", join(path, "elsewhere", "bin"));
  await expect(fetchFashionMnist(folder, () => {})).rejects.toThrow(
    /spawn apt-get ENOENT\. Elsewhere than on Debian .* give the directory that has them/,
  );
});
