import { describe, expect, it } from 'vitest';
import { gridCommand } from '../../../src/cli/grid-command.ts';
import { sweepCommand } from '../../../src/cli/sweep-command.ts';
import { UsageError } from '../../../src/cli/command.ts';
import type { DesignGridDocument } from '../../../src/core/study/design-grid.ts';
import type { SweepDocument, SweepTarget } from '../../../src/core/study/sweep-plan.ts';

const spillover = ['--preset', 'spillover'];

describe('the command sweep', () => {
  it('lists every parameter, and sweeps one by its path', async () => {
    const targets = (await sweepCommand.run([...spillover, '--list'])) as readonly SweepTarget[];
    const path = 'initiatives.badges-by-product.flaws.spillover.severity';
    expect(targets.find((target) => target.path === path)).toMatchObject({ current: 0.3, min: 0, max: 1 });
    const document = (await sweepCommand.run([
      ...spillover,
      '--parameter',
      path,
      '--values',
      '0.6,0',
      '--replications',
      '2',
      '--extent',
      'estimates',
    ])) as SweepDocument;
    expect(document.values).toEqual([0, 0.6]);
    expect(document.points.map(({ replications }) => replications)).toEqual([2, 2]);
    expect(document.digest).toMatch(/^[0-9a-f]{64}$/);
  });
  it('says what is missing or wrong', async () => {
    await expect(sweepCommand.run([...spillover, '--values', '1', '--replications', '1'])).rejects.toThrow(UsageError);
    await expect(sweepCommand.run([...spillover, '--parameter', 'budget', '--values', '1,,2', '--replications', '1'])).rejects.toThrow(
      /--values/,
    );
    await expect(sweepCommand.run([...spillover, '--parameter', 'budgets', '--values', '1', '--replications', '1'])).rejects.toThrow(
      /did you mean budget/,
    );
  });
});

describe('the command grid', () => {
  it('wants an initiative that is simulated', async () => {
    await expect(gridCommand.run([...spillover, '--replications', '1'])).rejects.toThrow(/--initiative/);
    await expect(gridCommand.run([...spillover, '--initiative', 'nobody', '--replications', '1'])).rejects.toThrow(/badges-by-product/);
  });
  it('prints every design with every estimator', async () => {
    const document = (await gridCommand.run([
      '--preset',
      'tiny-sample',
      '--initiative',
      'reviews-on-forty',
      '--replications',
      '1',
      '--aa',
    ])) as DesignGridDocument;
    expect(document.effect).toBe('none');
    expect(document.rows.length).toBeGreaterThan(8);
    expect(document.rows[0]!.cells.length).toBeGreaterThan(8);
  });
});
