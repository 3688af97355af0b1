import type { CodePiece } from '../code-script.ts';
import { columnsPiece } from './frame.ts';

export const modelMatrix: CodePiece = {
  name: 'model_matrix',
  needs: [columnsPiece],
  code: String.raw`
def model_matrix(table, terms, intercept):
    """The columns of a formula as R makes them, and where each term's columns begin. A text is coded by indicators of every level
    but the first where the term without it is in the model too, else by all levels; without an intercept so is the first text."""
    is_text = {name: table[name].dtype != float for term in terms for name in term}
    first = None if intercept else next(((t, name) for t, term in enumerate(terms) for name in term if is_text[name]), None)
    columns, places = ([np.ones(len(next(iter(table.values()))))] if intercept else []), []
    for t, term in enumerate(terms):
        places.append(len(columns))
        products = [1.0]
        for name in term:
            margin = [other for other in term if other != name]
            whole = (t, name) == first or (len(margin) > 0 and margin not in terms)
            parts = [table[name]]
            if is_text[name]:
                parts = [np.array([float(cell == level) for cell in table[name]]) for level in levels_of(table[name])[0 if whole else 1 :]]
            products = [part * product for part in parts for product in products]
        columns += products
    return np.column_stack(columns), places
`,
};
