/** Chains have 1000 steps, some 4000; a file that says more than this has a mistake that would take minutes to build. */
export const LONGEST_CHAIN = 100_000;
