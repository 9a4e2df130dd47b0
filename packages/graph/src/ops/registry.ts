/** Every operation under its name: what an engine must be able to run. */
export { constantOp as constant, inputOp as input } from "../leaves.ts";
export { addOp as add } from "./add.ts";
export { broadcastToOp as broadcastTo, sumOp as sum } from "./broadcast.ts";
export { castOp as cast } from "./cast.ts";
export { compareOp as compare } from "./compare.ts";
export { concatOp as concat } from "./concat.ts";
export {
  conv2dFilterGradientOp as conv2dFilterGradient,
  conv2dInputGradientOp as conv2dInputGradient,
  conv2dOp as conv2d,
} from "./convolutions.ts";
export { divOp as div } from "./div.ts";
export { erfOp as erf } from "./erf.ts";
export { expOp as exp } from "./exp.ts";
export { gatherOp as gather } from "./gather.ts";
export { groupNormOp as groupNorm } from "./group-norm.ts";
export { logOp as log } from "./log.ts";
export { logSoftmaxOp as logSoftmax } from "./log-softmax.ts";
export { matmulOp as matmul } from "./matmul.ts";
export { maximumOp as maximum } from "./maximum.ts";
export { minimumOp as minimum } from "./minimum.ts";
export { mulOp as mul } from "./mul.ts";
export { oneHotOp as oneHot } from "./one-hot.ts";
export { padOp as pad, sliceOp as slice } from "./pad-slice.ts";
export { averagePoolOp as averagePool, upsampleNearestOp as upsampleNearest } from "./pooling.ts";
export { powOp as pow } from "./pow.ts";
export { reluOp as relu } from "./relu.ts";
export { reshapeOp as reshape } from "./reshape.ts";
export { sigmoidOp as sigmoid } from "./sigmoid.ts";
export { siluOp as silu } from "./silu.ts";
export { cosOp as cos, sinOp as sin } from "./sin-cos.ts";
export { softmaxOp as softmax } from "./softmax.ts";
export { softplusOp as softplus } from "./softplus.ts";
export { sqrtOp as sqrt } from "./sqrt.ts";
export { stopGradientOp as stopGradient } from "./stop-gradient.ts";
export { subOp as sub } from "./sub.ts";
export { tanhOp as tanh } from "./tanh.ts";
export { transposeOp as transpose } from "./transpose.ts";
export { whereOp as where } from "./where.ts";
