/**
 * The look of reports and of their sections in other pages: light and dark, phones, print. All of it by class and element, so
 * that a page under a strict Content-Security-Policy links it as a file.
 */
export const REPORT_STYLE: string = `
:root { color-scheme: light dark; --paper: #fff; --ink: #1b1f24; --soft: #59636e; --line: #d8dee4; --wash: #f4f6f8; --accent: #1f6aa8; --warn: #b45309; }
@media (prefers-color-scheme: dark) { :root { --paper: #14171a; --ink: #e6e8ea; --soft: #9aa4ae; --line: #333a41; --wash: #1c2126; --accent: #6fb2e8; --warn: #f0a04b; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, "Helvetica Neue", Arial, "DejaVu Sans", sans-serif; }
main { max-width: 960px; margin: 0 auto; padding: 32px 24px 64px; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 12px; }
h2 { font-size: 1.2rem; margin: 48px 0 8px; }
p { margin: 8px 0; max-width: 46rem; }
.warning { border-left: 4px solid var(--warn); padding: 2px 0 2px 14px; font-weight: 600; }
.finding { font-size: 1.08rem; border-left: 4px solid var(--accent); padding: 2px 0 2px 14px; margin: 16px 0; }
nav ul { display: flex; flex-wrap: wrap; gap: 2px 18px; list-style: none; padding: 0; margin: 16px 0 0; font-size: .92rem; }
a { color: var(--accent); }
figure { margin: 20px 0; overflow-x: auto; }
.figure { display: block; max-width: 100%; min-width: 600px; height: auto; }
.plot text { white-space: pre; }
.narrow { display: none; }
.narrow .figure { min-width: 0; }
figcaption, caption, .note { color: var(--soft); font-size: .9rem; text-align: left; }
figcaption { margin-top: 6px; position: sticky; left: 0; max-width: 46rem; }
.grids { display: flex; flex-wrap: wrap; gap: 18px; }
.grids > div { font-size: .9rem; }
.grids img { display: block; image-rendering: pixelated; max-width: 100%; height: auto; background: #0004; margin-top: 4px; }
table { border-collapse: collapse; max-width: 100%; font-size: .88rem; font-variant-numeric: tabular-nums; margin: 10px 0; }
caption { padding-bottom: 6px; }
th, td { padding: 4px 8px; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: break-word; }
thead th { border-bottom: 2px solid var(--line); color: var(--soft); font-weight: 600; vertical-align: bottom; }
tbody th { font-weight: 600; }
.number { text-align: right; }
small { color: var(--soft); }
summary { cursor: pointer; color: var(--soft); font-size: .9rem; }
dl { display: grid; grid-template-columns: minmax(7rem, max-content) 1fr; gap: 4px 16px; font-size: .9rem; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
pre { background: var(--wash); padding: 10px 14px; white-space: pre-wrap; overflow-wrap: anywhere; font-size: .88rem; border-radius: 4px; }
@media screen and (max-width: 640px) {
  .wide { display: none; }
  .narrow { display: block; }
  main { padding: 20px 14px 48px; }
  table, tbody, tr, th, td, caption { display: block; }
  thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; white-space: nowrap; }
  tr { padding: 6px 0; border-bottom: 1px solid var(--line); }
  th, td, td.number { border: 0; padding: 1px 0; text-align: left; }
  td { display: flow-root; }
  td::before { content: attr(data-label); color: var(--soft); float: left; width: 10rem; margin-right: 8px; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: 6px; }
}
@media print {
  :root { color-scheme: light; --paper: #fff; --ink: #000; --soft: #444; --line: #bbb; --wash: #f4f4f4; --accent: #1f6aa8; --warn: #b45309; }
  main { max-width: none; padding: 0; } nav { display: none; }
  figure, tr, .grids > div { break-inside: avoid; } table { font-size: 8.5pt; } figure { overflow: visible; } .figure { min-width: 0; } h2 { break-after: avoid; }
  details::details-content { content-visibility: visible; block-size: auto; }
}`;
