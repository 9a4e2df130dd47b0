/** Told what is going on, in a few words, whenever that changes. */
export type Progress = (what: string) => void;
