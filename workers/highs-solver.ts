import loadHighs, { type Highs, type ModelData } from 'highs';
import type { MixedIntegerModel, Solver, SolverSolution } from '../src/core/allocate/solver.ts';

export type HighsSolverOptions = {
  /** Address of highs.wasm where the loader cannot find it beside itself (a bundled worker). */
  readonly wasmUrl?: string;
  /** Gives a HiGHS of its own at each call; the package's own loader unless given. */
  readonly loader?: (options: { readonly locateFile?: () => string }) => Promise<Highs>;
};

/**
 * HiGHS as the core's solver (this build has one thread): no gap, no clock, so that the same model gives the same answer everywhere.
 * An abort inside the WebAssembly leaves its memory in doubt: the call reports `failed`, a fresh instance is loaded in
 * the background, and calls made before it is there report `failed` too.
 */
export async function loadHighsSolver(options: HighsSolverOptions = {}): Promise<Solver> {
  const { wasmUrl, loader = loadHighs } = options;
  const load = () => loader(wasmUrl === undefined ? {} : { locateFile: () => wasmUrl });
  let highs: Highs | null = await load();
  let whyNot = '';
  const reload = () => load().then((fresh) => { highs = fresh; }, (error: unknown) => { whyNot = message(error); });
  return {
    name: `HiGHS ${highs.version.string}`,
    solve: (model) => {
      if (highs === null) return { status: 'failed', reason: `HiGHS is not loaded: ${whyNot}` };
      try {
        return solveWith(highs, model);
      } catch (error) {
        const reason = message(error);
        if (!(error instanceof highs.errors.HighsError)) {
          highs = null;
          whyNot = `it stopped (${reason}) and is being loaded again`;
          void reload();
        }
        return { status: 'failed', reason };
      }
    },
  };
}

function solveWith(highs: Highs, model: MixedIntegerModel): SolverSolution {
  return highs.withModel((native): SolverSolution => {
    native.options.set({ ...reproducible, mip_max_nodes: model.maxNodes });
    native.passModel(modelData(highs, model));
    native.run();
    const status = native.getModelStatus();
    const { optimal, infeasible, solutionLimit } = highs.constants.modelStatus;
    if (status === infeasible) return { status: 'infeasible', reason: 'no point satisfies all rows' };
    if (status !== optimal && status !== solutionLimit) return { status: 'failed', reason: `model status ${status}` };
    if (native.info.get('primal_solution_status') !== feasiblePoint) {
      return { status: 'failed', reason: `no feasible point within ${model.maxNodes} nodes` };
    }
    return {
      status: status === optimal ? 'optimal' : 'node_limit',
      x: Float64Array.from(native.getSolution().colValue),
      objective: native.getObjectiveValue(),
      bound: model.integer.includes(1) ? Number(native.info.get('mip_dual_bound')) : native.getObjectiveValue(),
    };
  });
}

const feasiblePoint = 2;

// The tolerances stay as they are: tighter ones made it wrong more often, and slower.
const reproducible = {
  output_flag: false,
  random_seed: 0,
  mip_rel_gap: 0,
} as const;

function modelData(highs: Highs, model: MixedIntegerModel): ModelData {
  const { rows } = model;
  const starts = new Int32Array(rows.length + 1);
  rows.forEach((row, i) => { starts[i + 1] = (starts[i] ?? 0) + row.columns.length; });
  const { continuous, integer } = highs.constants.variableType;
  const { minimize, maximize } = highs.constants.objectiveSense;
  const numCols = model.objective.length;
  return {
    numCols,
    numRows: rows.length,
    sense: model.sense === 'minimise' ? minimize : maximize,
    colCost: model.objective,
    colLower: model.lower,
    colUpper: model.upper,
    rowLower: Float64Array.from(rows, (row) => row.lower),
    rowUpper: Float64Array.from(rows, (row) => row.upper),
    matrix: {
      format: 'csr',
      numRows: rows.length,
      numCols,
      starts,
      indices: Int32Array.from(rows.flatMap((row) => row.columns)),
      values: Float64Array.from(rows.flatMap((row) => row.values)),
    },
    integrality: Int32Array.from(model.integer, (whole) => (whole === 1 ? integer : continuous)),
  };
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
