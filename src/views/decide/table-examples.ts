import type { DraftTable } from '../../interchange/payoff-table-text.ts';

export type TableExample = { readonly id: string; readonly label: string; readonly about: string; readonly table: DraftTable };

/** Tables to start from: of the kinds that textbooks use, with numbers of our own. */
export const tableExamples: readonly TableExample[] = [
  {
    id: 'stand',
    label: 'A stall at the fair',
    about: 'What to sell, decided before one knows the weather.',
    table: gains(
      ['Ice cream', 'Hot soup', 'Sandwiches', 'Stay at home'],
      ['hot', 'mild', 'wet'],
      [
        [520, 210, -90],
        [-40, 160, 310],
        [230, 240, 120],
        [0, 0, 0],
      ],
    ),
  },
  {
    id: 'investment',
    label: 'Where to put savings',
    about: 'Yearly gain in thousands under three courses of the economy.',
    table: gains(
      ['Shares', 'Bonds', 'Property', 'Deposit'],
      ['growth', 'standstill', 'recession'],
      [
        [14, 3, -9],
        [5, 6, 4],
        [11, 5, -3],
        [2, 2, 2],
      ],
    ),
  },
  {
    id: 'newsvendor',
    label: 'How many papers to order',
    about: 'Bought at 0.6 and sold at 1.1 each; what is left over is worth nothing. One state for each demand.',
    table: gains(
      [10, 20, 30, 40].map((order) => `order ${order}`),
      [10, 20, 30, 40].map((demand) => `demand ${demand}`),
      [10, 20, 30, 40].map((order) => [10, 20, 30, 40].map((demand) => (11 * Math.min(order, demand) - 6 * order) / 10)),
    ),
  },
  {
    id: 'farm',
    label: 'What to sow',
    about: 'Cost of a season, seed and losses together: smaller is better.',
    table: {
      ...gains(
        ['Barley', 'Maize', 'Beans', 'Fallow'],
        ['dry', 'usual', 'wet', 'late frost'],
        [
          [42, 30, 35, 44],
          [75, 18, 20, 52],
          [50, 33, 24, 29],
          [40, 40, 40, 40],
        ],
      ),
      sense: 'cost',
    },
  },
  {
    id: 'menu',
    label: 'An option nobody picks',
    about: 'Taking away an option that nobody picks changes what minimax regret picks.',
    table: gains(
      ['Left', 'Right', 'Long way round'],
      ['open', 'closed'],
      [
        [8, 2],
        [5, 5],
        [1, 9],
      ],
    ),
  },
  { id: 'blank', label: 'Blank table', about: 'Three options and three states to fill in.', table: blank() },
];

export const defaultTable = (tableExamples[0] as TableExample).table;

function blank(): DraftTable {
  return gains(
    ['Option 1', 'Option 2', 'Option 3'],
    ['State 1', 'State 2', 'State 3'],
    [
      [null, null, null],
      [null, null, null],
      [null, null, null],
    ],
  );
}

function gains(options: readonly string[], states: readonly string[], payoffs: readonly (readonly (number | null)[])[]): DraftTable {
  return { options, states, payoffs, sense: 'gain', weights: states.map(() => 1), alpha: 0.5 };
}
