/** The address of a file of MNIST that the build packs by gzip; see the plugin in vite.config.ts. */
declare module "mnist:*" {
  const url: string;
  export default url;
}
