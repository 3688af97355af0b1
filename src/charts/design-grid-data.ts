/** What one method does under one design. */
export type GridPictureCell = {
  /** The figure, rounded to its Monte Carlo error; '' where there is none. */
  readonly text: string;
  /** 'good', 'off' and 'far' against what it should be; 'plain' where nothing is promised or too little is known; 'none' without an answer, 'waiting' before it is run. */
  readonly level: 'good' | 'off' | 'far' | 'plain' | 'none' | 'waiting';
  readonly side: 'above' | 'below' | null;
  /** The method is made for this design. */
  readonly atHome: boolean;
  /** Some replications have no answer. */
  readonly partial: boolean;
  /** Read out, in this order. */
  readonly words: readonly string[];
};

export type GridPicture = {
  /** What is shown of every cell. */
  readonly measure: string;
  /** What it should be, in words; null where nothing is promised. */
  readonly promised: string | null;
  readonly designs: readonly { readonly id: string; readonly label: string }[];
  readonly methods: readonly { readonly id: string; readonly label: string; readonly cells: readonly GridPictureCell[] }[];
};
