/** A figure as a file of its own: it has no page to take colours from. */
export function onWhite(svg: string): string {
  return svg
    .replace(/^<svg /, '<svg color="#222" ')
    .replace(/(<title>)/, '<rect width="100%" height="100%" fill="#fff"/>$1')
    .concat("\n");
}
