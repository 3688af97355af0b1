/** What was dropped, taken in the very event that brought it: afterwards the browser has let go of it. */
export type Dropped = { readonly files: readonly File[]; readonly entries: readonly FileSystemEntry[] };

export function takeDropped(transfer: DataTransfer): Dropped {
  const entries = [...transfer.items].flatMap((item) => (item.kind === 'file' ? (item.webkitGetAsEntry() ?? []) : []));
  return { files: [...transfer.files], entries };
}
