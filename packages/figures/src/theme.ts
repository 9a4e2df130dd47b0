/**
 * One visual language for every figure.
 *
 * Text and axes take the page's own colour (`currentColor`), and the hues (after Okabe & Ito 2008, safe for colour-blind
 * readers) keep a contrast of at least 3:1 on white and on near-black, so one SVG serves light pages, dark pages and print.
 */
export const theme = {
  font: 'system-ui, "Helvetica Neue", Arial, "DejaVu Sans", sans-serif',
  /** Pixels. */
  size: { title: 15, text: 12 },
  width: 720,
  color: {
    blue: "#2b7bba",
    vermillion: "#d55e00",
    green: "#009e73",
    purple: "#b3599f",
    amber: "#b98500",
    gray: "#808080",
  },
} as const;

/** Hues for series, in the order they are handed out. */
export const palette: readonly string[] = [
  theme.color.blue,
  theme.color.vermillion,
  theme.color.green,
  theme.color.purple,
  theme.color.amber,
];
