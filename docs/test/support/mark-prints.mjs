// Ends what each console.log prints with a mark, so that the prints of a program can be told apart.
import { format } from "node:util";

console.log = (...args) => process.stdout.write(`${format(...args)}\u001e`);
