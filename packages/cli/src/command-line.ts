/** The command line of this process as a user would type it again. */
export function commandLine(argv: readonly string[] = process.argv.slice(2)): string {
  return ["ssb", ...argv]
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
    .join(" ");
}
