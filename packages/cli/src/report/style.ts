/** The look of a report: light and dark, narrow screens, print. */
export const STYLE = `
:root { color-scheme: light dark; --paper: #fff; --ink: #1b1f24; --soft: #59636e; --line: #d8dee4; --wash: #f4f6f8; --accent: #1f6aa8; }
@media (prefers-color-scheme: dark) { :root { --paper: #14171a; --ink: #e6e8ea; --soft: #9aa4ae; --line: #333a41; --wash: #1c2126; --accent: #6fb2e8; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, "Helvetica Neue", Arial, "DejaVu Sans", sans-serif; }
main { max-width: 768px; margin: 0 auto; padding: 32px 24px 64px; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 12px; }
h2 { font-size: 1.2rem; margin: 48px 0 8px; }
p { margin: 8px 0; }
.finding { font-size: 1.08rem; border-left: 4px solid var(--accent); padding: 2px 0 2px 14px; margin: 16px 0; }
nav ul { display: flex; flex-wrap: wrap; gap: 2px 18px; list-style: none; padding: 0; margin: 16px 0 0; font-size: .92rem; }
a { color: var(--accent); }
figure { margin: 20px 0; }
figure > svg { display: block; }
figcaption, caption, .note { color: var(--soft); font-size: .9rem; text-align: left; }
figcaption { margin-top: 6px; }
.grids { display: flex; flex-wrap: wrap; gap: 18px; }
.grids > div { font-size: .9rem; }
.grids img { display: block; image-rendering: pixelated; max-width: 100%; height: auto; background: #0004; margin-top: 4px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: .88rem; font-variant-numeric: tabular-nums; margin: 10px 0; }
caption { padding-bottom: 6px; white-space: nowrap; }
th, td { padding: 4px 10px; border-bottom: 1px solid var(--line); text-align: left; white-space: nowrap; }
thead th { border-bottom: 2px solid var(--line); color: var(--soft); font-weight: 600; vertical-align: bottom; white-space: normal; }
tbody th { font-weight: 600; }
.number { text-align: right; }
small { color: var(--soft); }
summary { cursor: pointer; color: var(--soft); font-size: .9rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; font-size: .9rem; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
pre { background: var(--wash); padding: 10px 14px; overflow-x: auto; font-size: .88rem; border-radius: 4px; }
@media print {
  :root { color-scheme: light; --paper: #fff; --ink: #000; --soft: #444; --line: #bbb; --wash: #f4f4f4; --accent: #1f6aa8; }
  main { max-width: none; padding: 0; } nav { display: none; }
  figure, table, .grids > div { break-inside: avoid; } h2 { break-after: avoid; }
  details::details-content { content-visibility: visible; block-size: auto; }
}`;
