/** Text for HTML in which `t_S` has its index lowered. */
export function Typeset({ text }: { readonly text: string }) {
  const [symbol, index] = text.split("_");
  if (index === undefined) return <>{text}</>;
  return (
    <>
      <i>{symbol}</i>
      <sub>{index}</sub>
    </>
  );
}

/** The same in an SVG's text. */
export function TypesetSvg({ text }: { readonly text: string }) {
  const [symbol, index] = text.split("_");
  if (index === undefined) return <>{text}</>;
  return (
    <>
      <tspan font-style="italic">{symbol}</tspan>
      <tspan dy="3" font-size="9">
        {index}
      </tspan>
    </>
  );
}
