/** Whether the person asked their browser to save data: then nothing is fetched before it is needed. */
export function savesData(): boolean {
  const { connection } = navigator as Navigator & { readonly connection?: { readonly saveData?: boolean } };
  return connection?.saveData === true;
}
