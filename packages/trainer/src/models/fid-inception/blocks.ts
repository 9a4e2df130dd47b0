import { concat, type Tensor } from "@symbreak/graph";
import type { ParameterSpec, Parameters } from "../../model.ts";
import { applyBasicConv, type BasicConv, convParameters } from "./layers.ts";
import { averagePoolInside, maxPoolHalf, maxPoolSame } from "./pools.ts";

/** A chain of convolutions, which may end in several beside each other; or the pooling that goes before them. */
interface Branch {
  readonly pool?: (x: Tensor) => Tensor;
  readonly convs: readonly BasicConv[];
  /** Applied to the chain's end one by one, and joined. */
  readonly ends?: readonly BasicConv[];
}

/** A block of InceptionV3: branches of one input, joined along the channels. */
export interface InceptionBlock {
  readonly name: string;
  readonly branches: readonly Branch[];
}

const conv = (
  name: string,
  filters: number,
  kernel: BasicConv["kernel"] = 1,
  more: Pick<BasicConv, "stride" | "padding"> = {},
): BasicConv => ({ name, filters, kernel, ...more });

const ROW = { padding: [0, 3] } as const;
const COLUMN = { padding: [3, 0] } as const;
const HALF = { stride: 2 } as const;

/** 35 × 35; the averages count no padding, as in the TensorFlow network. */
const a = (name: string, pooled: number): InceptionBlock => ({
  name,
  branches: [
    { convs: [conv("branch1x1", 64)] },
    { convs: [conv("branch5x5_1", 48), conv("branch5x5_2", 64, 5, { padding: 2 })] },
    {
      convs: [
        conv("branch3x3dbl_1", 64),
        conv("branch3x3dbl_2", 96, 3, { padding: 1 }),
        conv("branch3x3dbl_3", 96, 3, { padding: 1 }),
      ],
    },
    { pool: averagePoolInside, convs: [conv("branch_pool", pooled)] },
  ],
});

/** 35 × 35 → 17 × 17. */
const b = (name: string): InceptionBlock => ({
  name,
  branches: [
    { convs: [conv("branch3x3", 384, 3, HALF)] },
    {
      convs: [
        conv("branch3x3dbl_1", 64),
        conv("branch3x3dbl_2", 96, 3, { padding: 1 }),
        conv("branch3x3dbl_3", 96, 3, HALF),
      ],
    },
    { pool: maxPoolHalf, convs: [] },
  ],
});

/** 17 × 17. */
const c = (name: string, inner: number): InceptionBlock => ({
  name,
  branches: [
    { convs: [conv("branch1x1", 192)] },
    {
      convs: [
        conv("branch7x7_1", inner),
        conv("branch7x7_2", inner, [1, 7], ROW),
        conv("branch7x7_3", 192, [7, 1], COLUMN),
      ],
    },
    {
      convs: [
        conv("branch7x7dbl_1", inner),
        conv("branch7x7dbl_2", inner, [7, 1], COLUMN),
        conv("branch7x7dbl_3", inner, [1, 7], ROW),
        conv("branch7x7dbl_4", inner, [7, 1], COLUMN),
        conv("branch7x7dbl_5", 192, [1, 7], ROW),
      ],
    },
    { pool: averagePoolInside, convs: [conv("branch_pool", 192)] },
  ],
});

/** 17 × 17 → 8 × 8. */
const d = (name: string): InceptionBlock => ({
  name,
  branches: [
    { convs: [conv("branch3x3_1", 192), conv("branch3x3_2", 320, 3, HALF)] },
    {
      convs: [
        conv("branch7x7x3_1", 192),
        conv("branch7x7x3_2", 192, [1, 7], ROW),
        conv("branch7x7x3_3", 192, [7, 1], COLUMN),
        conv("branch7x7x3_4", 192, 3, HALF),
      ],
    },
    { pool: maxPoolHalf, convs: [] },
  ],
});

/** 8 × 8; the last block of the TensorFlow network pools by the maximum. */
const e = (name: string, pool: (x: Tensor) => Tensor): InceptionBlock => {
  const across = (of: string) => [
    conv(`${of}a`, 384, [1, 3], { padding: [0, 1] }),
    conv(`${of}b`, 384, [3, 1], { padding: [1, 0] }),
  ];
  return {
    name,
    branches: [
      { convs: [conv("branch1x1", 320)] },
      { convs: [conv("branch3x3_1", 384)], ends: across("branch3x3_2") },
      {
        convs: [conv("branch3x3dbl_1", 448), conv("branch3x3dbl_2", 384, 3, { padding: 1 })],
        ends: across("branch3x3dbl_3"),
      },
      { pool, convs: [conv("branch_pool", 192)] },
    ],
  };
};

/** The stem: convolutions, and where the image is halved. */
export const STEM: readonly (BasicConv | "halve")[] = [
  conv("Conv2d_1a_3x3", 32, 3, HALF),
  conv("Conv2d_2a_3x3", 32, 3),
  conv("Conv2d_2b_3x3", 64, 3, { padding: 1 }),
  "halve",
  conv("Conv2d_3b_1x1", 80),
  conv("Conv2d_4a_3x3", 192, 3),
  "halve",
];

/** The blocks behind the stem. */
export const BLOCKS: readonly InceptionBlock[] = [
  a("Mixed_5b", 32),
  a("Mixed_5c", 64),
  a("Mixed_5d", 64),
  b("Mixed_6a"),
  c("Mixed_6b", 128),
  c("Mixed_6c", 160),
  c("Mixed_6d", 160),
  c("Mixed_6e", 192),
  d("Mixed_7a"),
  e("Mixed_7b", averagePoolInside),
  e("Mixed_7c", maxPoolSame),
];

const named = (block: InceptionBlock, inner: BasicConv): BasicConv => ({
  ...inner,
  name: `${block.name}.${inner.name}`,
});

/** A block's weights on so many channels, and the channels that come out. */
export function blockParameters(
  block: InceptionBlock,
  channels: number,
): { readonly parameters: ParameterSpec[]; readonly channels: number } {
  const parameters: ParameterSpec[] = [];
  let out = 0;
  for (const { convs, ends = [] } of block.branches) {
    let within = channels;
    for (const inner of convs) {
      parameters.push(...convParameters(named(block, inner), within));
      within = inner.filters;
    }
    for (const end of ends) parameters.push(...convParameters(named(block, end), within));
    out += ends.length === 0 ? within : ends.reduce((sum, { filters }) => sum + filters, 0);
  }
  return { parameters, channels: out };
}

export function applyBlock(p: Parameters, block: InceptionBlock, x: Tensor): Tensor {
  const parts = block.branches.flatMap(({ pool, convs, ends }) => {
    const chain = convs.reduce(
      (y, inner) => applyBasicConv(p, named(block, inner), y),
      pool ? pool(x) : x,
    );
    return ends ? ends.map((end) => applyBasicConv(p, named(block, end), chain)) : [chain];
  });
  return concat(parts, 1);
}
