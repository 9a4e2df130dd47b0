/** What of its style an SVG element takes along when it leaves the page. */
const STYLES = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-opacity",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
  "font-style",
  "text-anchor",
] as const;

const SVG = "http://www.w3.org/2000/svg";

/**
 * A figure of the page as one self-contained SVG: its drawings with their styles, its canvases as pictures below them, each
 * where the page has it, on the page's own paper.
 */
export function figureSvg(figure: HTMLElement, title: string): string {
  const frame = figure.getBoundingClientRect();
  const out = document.createElementNS(SVG, "svg");
  out.setAttribute("xmlns", SVG);
  out.setAttribute("viewBox", `0 0 ${frame.width} ${frame.height}`);
  out.setAttribute("width", String(frame.width));
  out.setAttribute("height", String(frame.height));
  const name = document.createElementNS(SVG, "title");
  name.textContent = title;
  const paper = document.createElementNS(SVG, "rect");
  paper.setAttribute("width", "100%");
  paper.setAttribute("height", "100%");
  paper.setAttribute("fill", getComputedStyle(figure).getPropertyValue("--card"));
  out.append(name, paper);
  for (const part of figure.querySelectorAll<HTMLCanvasElement | SVGSVGElement>(
    ".plot canvas, .plot > svg",
  )) {
    const box = part.getBoundingClientRect();
    if (box.width === 0) continue;
    const group = document.createElementNS(SVG, "g");
    group.setAttribute("transform", `translate(${box.x - frame.x},${box.y - frame.y})`);
    if (part instanceof HTMLCanvasElement) {
      const image = document.createElementNS(SVG, "image");
      image.setAttribute("href", part.toDataURL());
      image.setAttribute("width", String(box.width));
      image.setAttribute("height", String(box.height));
      group.append(image);
    } else for (const child of part.children) group.append(styled(child));
    out.append(group);
  }
  return new XMLSerializer().serializeToString(out);
}

/** A copy of an element and all within it, what the style sheet said written on each. */
function styled(element: Element): Element {
  const copy = element.cloneNode(false) as Element;
  const style = getComputedStyle(element);
  for (const property of STYLES) {
    const value = style.getPropertyValue(property);
    if (value !== "") copy.setAttribute(property, value);
  }
  copy.removeAttribute("class");
  copy.removeAttribute("style");
  for (const child of element.childNodes)
    copy.append(child instanceof Element ? styled(child) : child.cloneNode());
  return copy;
}

/** The same as a PNG, twice as fine as the page. */
export async function figurePng(figure: HTMLElement, title: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(figureSvg(figure, title))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = 2 * image.width;
  canvas.height = 2 * image.height;
  canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("the figure is too large")))),
  );
}

/** Hands a file to the reader. */
export function download(content: Blob | string, name: string, type: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
