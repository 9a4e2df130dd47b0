import { computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";

/** What the reader chose; "auto" follows the system. */
export type Theme = "auto" | "light" | "dark";

const KEY = "symbreak.theme";
const system = matchMedia("(prefers-color-scheme: dark)");
const systemDark = signal(system.matches);

export const theme: Signal<Theme> = signal(stored());
export const dark: ReadonlySignal<boolean> = computed(() =>
  theme.value === "auto" ? systemDark.value : theme.value === "dark",
);

/** The theme that the document has by now: colours are read after it. */
const applied = signal<string | undefined>(undefined);

/** The page's colours by name, for canvases: the style sheet's custom properties `--name`. */
export const colours: ReadonlySignal<Readonly<Record<ColourName, string>>> = computed(() => {
  void applied.value;
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(
    COLOURS.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]),
  ) as Record<ColourName, string>;
});

const COLOURS = ["ink", "faint", "paper", "card", "a", "b", "c", "d", "e"] as const;
type ColourName = (typeof COLOURS)[number];

/** Hues of classes, in the order they are handed out. */
export const HUES = ["a", "b", "c", "d", "e"] as const;

/** Sets the theme on the document and remembers it. */
export function connectTheme(): void {
  system.addEventListener("change", () => {
    systemDark.value = system.matches;
  });
  effect(() => {
    document.documentElement.dataset.theme = dark.value ? "dark" : "light";
    applied.value = document.documentElement.dataset.theme;
    try {
      localStorage.setItem(KEY, theme.value);
    } catch {
      // A page without storage forgets the theme; nothing else.
    }
  });
}

function stored(): Theme {
  try {
    const found = localStorage.getItem(KEY);
    return found === "light" || found === "dark" ? found : "auto";
  } catch {
    return "auto";
  }
}
