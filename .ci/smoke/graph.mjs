import { gradients, input, interpret, mul, program, sum, toOnnx } from "@symbreak/graph";
import { equal } from "./assert.mjs";

const x = input("x", [3]);
const loss = sum(mul(x, x));
const [slope] = gradients(loss, [x]);
const square = program({ loss, slope });
const { slope: values } = interpret(square, { x: Float64Array.of(1, 2, 3) });
equal([...values].join(), "2,4,6");
console.log(
  `gradient of x·x by a graph of ${square.nodes.length} nodes, ${toOnnx(square).length} bytes of ONNX`,
);
