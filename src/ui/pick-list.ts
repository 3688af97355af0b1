export type PickItem = {
  readonly id: string;
  readonly label: string;
  readonly summary: string;
  /** Why it cannot be picked now. */
  readonly unavailable?: string | null;
  readonly current?: boolean;
};

export type PickGroup = { readonly name: string; readonly items: readonly PickItem[] };
