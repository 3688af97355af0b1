declare module 'jstat' {
  type Family = {
    cdf(x: number, ...parameters: number[]): number;
    pdf(x: number, ...parameters: number[]): number;
    inv(p: number, ...parameters: number[]): number;
  };
  const jstat: { normal: Family; studentt: Family; chisquare: Family; centralF: Family };
  export default jstat;
}
