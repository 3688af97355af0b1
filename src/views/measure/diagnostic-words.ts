import { formatCount, formatNumber, formatPValue, formatSignificant } from '../../charts/format.ts';
import type { MeasureResult } from '../../core/contracts/measure-result.ts';
import { diagnosticGuides, type DiagnosticKind } from './diagnostic-guides.ts';

export type DiagnosticRow = {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly guidance: string;
  readonly worry: boolean;
};

const order = new Map(Object.keys(diagnosticGuides).map((name, i) => [name, i]));

/** The diagnostics in plain words, what worries first; those without a guide come last, under their own name. Nothing to say is left out. */
export function diagnosticRows(diagnostics: MeasureResult['diagnostics']): DiagnosticRow[] {
  return Object.entries(diagnostics)
    .filter(([, value]) => value !== null && value !== undefined)
    .toSorted(([a], [b]) => (order.get(a) ?? order.size) - (order.get(b) ?? order.size))
    .map(([name, value]) => {
      const guide = diagnosticGuides[name];
      return {
        name,
        label: guide?.label ?? ownName(name),
        value: show(value, guide?.kind ?? kindOf(name)),
        guidance: guide?.guidance ?? '',
        worry: typeof value === 'number' && (guide?.worries?.(value) ?? false),
      };
    })
    .toSorted((a, b) => Number(b.worry) - Number(a.worry));
}

function ownName(name: string): string {
  return name.replace(/^smd /, 'imbalance of ').replace(/^n_/, 'number of ').replaceAll('_', ' ');
}

function kindOf(name: string): DiagnosticKind {
  if (/(^|_)p(_value)?$/.test(name)) return 'p';
  if (/_share$/.test(name)) return 'share';
  return /^n_|_count$/.test(name) ? 'count' : 'number';
}

function show(value: unknown, kind: DiagnosticKind): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return value.replaceAll('_', ' ');
  if (typeof value !== 'number') return 'not defined';
  if (kind === 'p') return formatPValue(value);
  if (kind === 'share') return `${formatNumber(value * 100, 1)}%`;
  if (kind === 'count' || (Number.isInteger(value) && Math.abs(value) >= 10)) return formatCount(value);
  return showNumber(value);
}

function showNumber(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && size < 1e-4) return value.toExponential(1).replaceAll('-', '\u2212');
  return size >= 1000 ? formatNumber(value, 1) : formatSignificant(value, 3);
}
