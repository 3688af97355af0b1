import type { CodePiece } from '../code-script.ts';
import { times } from './series.ts';

/** A long table as one series per unit. */
export const panel: CodePiece = {
  name: 'panel',
  needs: [times],
  code: String.raw`
class Panel:
    """Outcomes by unit and time, missing where there are none; the same for other columns. Units are in order of name."""

    def __init__(self, table, outcome, unit, time):
        when = time_values(table[time])
        used = is_there(table[unit]) & np.isfinite(when)
        self.table, self.when = take(table, used), when[used]
        self.units, self.times = levels_of(self.table[unit]), np.unique(self.when)
        place = {name: u for u, name in enumerate(self.units)}
        self.row = np.array([place[name] for name in self.table[unit]]), np.searchsorted(self.times, self.when)
        self.y = self.spread(self.table[outcome])

    def spread(self, values):
        laid = np.full((len(self.units), len(self.times)), np.nan)
        laid[self.row] = np.where(np.isfinite(values), values, np.nan)
        return laid
`,
};
