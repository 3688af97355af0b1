import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../src/core/scenario/parse-scenario.ts';
import { expandText } from '../../src/interchange/compressed-text.ts';
import { formatAddress, parseAddress, scenarioQuery } from '../../src/interchange/link.ts';
import { readLink } from '../../src/interchange/link-reading.ts';
import { readScenarioFile } from '../../src/interchange/scenario-file.ts';
import { hostileFiles, hostileLinks } from './hostile-scenarios.ts';

/** Milliseconds a page may think about a link or a file, on a busy machine. */
const patience = 2000;

it('a hostile link is refused in words or opens as a scenario that its own link gives again; never anything else', async () => {
  let opened = 0;
  for (const { kind, hash } of hostileLinks(1, 1600)) {
    const started = performance.now();
    const link = await readLink(parseAddress(hash));
    expect(performance.now() - started, kind).toBeLessThan(patience);
    if (!link.ok) {
      expect(link.message, kind).toMatch(/^This link cannot be opened: .{5,1500}$/s);
      continue;
    }
    opened += 1;
    const query = await scenarioQuery(link.scenario, link.preset, link.replication);
    const again = await readLink(parseAddress(formatAddress({ place: 'overview', initiative: null, query })));
    expect(again, `${kind}: ${hash.slice(0, 200)}`).toMatchObject({ ok: true, scenario: link.scenario, replication: link.replication });
  }
  expect(opened).toBeGreaterThan(150);
  expect(({} as Record<string, unknown>)['harmed']).toBeUndefined();
});

it('a hostile file is refused in words or opens as a scenario', () => {
  let opened = 0;
  for (const { kind, bytes } of hostileFiles(2, 800)) {
    const started = performance.now();
    const read = readScenarioFile(new TextDecoder().decode(bytes));
    expect(performance.now() - started, kind).toBeLessThan(patience);
    if (read.ok) {
      opened += 1;
      expect(parseScenario(read.value.scenario)).toMatchObject({ ok: true });
    } else for (const { message } of read.issues) expect(message, kind).toMatch(/./);
  }
  expect(opened).toBeGreaterThan(80);
  expect(({} as Record<string, unknown>)['harmed']).toBeUndefined();
});

describe('what expands endlessly', () => {
  it('is stopped as soon as it is more than a scenario can be', async () => {
    const { deflateRawSync } = await import('node:zlib');
    const bomb = deflateRawSync(Buffer.alloc(400_000_000), { level: 9 }).toString('base64url');
    const before = process.memoryUsage().arrayBuffers;
    const started = performance.now();
    await expect(expandText(bomb)).rejects.toThrow(/more than a scenario can be/);
    expect(performance.now() - started).toBeLessThan(patience);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100_000_000);
  });
});
