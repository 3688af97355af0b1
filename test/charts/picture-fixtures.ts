import type { DiscontinuityPicture, EventStudyPicture, OverlapPicture, ResponsePicture } from '../../src/core/measure/method-picture.ts';
import { balancePicture, days, sequence } from './fixtures.ts';

/** Treated lean to high scores, controls to low ones; both tails are trimmed. */
export function overlapPicture(): OverlapPicture {
  const bins = Array.from({ length: 20 }, (_, i) => {
    const middle = (i + 0.5) / 20;
    const hump = (centre: number, spread: number) => Math.exp(-(((middle - centre) / spread) ** 2));
    return { from: i / 20, to: (i + 1) / 20, treated: Math.round(70 * hump(0.62, 0.22)), control: Math.round(110 * hump(0.3, 0.2)) };
  });
  return {
    kind: 'overlap',
    bins,
    kept_range: [0.1, 0.9],
    balance: balancePicture.rows.slice(0, 5),
    effective_treated: 512.4,
    effective_control: 143.2,
  };
}

/** Three groups that start at different times, an effect that grows, and a two-way estimate that is dragged down. */
export function eventStudyPicture(before = 8, after = 12): EventStudyPicture {
  const next = sequence(11);
  const rows = Array.from({ length: before + after }, (_, i) => {
    const time = i - before;
    if (time === -1)
      return { event_time: -1, estimate: 0, ci_lower: 0, ci_upper: 0, simultaneous_lower: 0, simultaneous_upper: 0, is_reference: true };
    const estimate = (time < 0 ? 0 : 0.6 + 0.15 * time) + 0.3 * (next() - 0.5);
    const reach = 0.4 + 0.02 * Math.abs(time);
    return {
      event_time: time,
      estimate,
      ci_lower: estimate - reach,
      ci_upper: estimate + reach,
      simultaneous_lower: estimate - 1.5 * reach,
      simultaneous_upper: estimate + 1.5 * reach,
      is_reference: false,
    };
  });
  const times = days(28);
  const groups = [times[10]!, times[15]!, times[20]!].flatMap((group, g) =>
    times.slice(11).map((time, t) => {
      const since = t + 11 - (10 + 5 * g);
      const estimate = (since < 0 ? 0 : 0.5 + 0.1 * since) + 0.2 * (next() - 0.5);
      return { group, time, estimate, ci_lower: estimate - 0.5, ci_upper: estimate + 0.5 };
    }),
  );
  const level = times.map(() => 11 + 0.5 * next());
  return {
    kind: 'event_study',
    rows,
    pre_trend: { statistic: 1.07, df1: 7, df2: 39, p_value: 0.401 },
    groups,
    two_way: { estimate: 0.62, ci_lower: 0.41, ci_upper: 0.83, negative_weight_share: 0.134 },
    paths: { times, treated: level.map((value, i) => value + (i < 10 ? 0 : 0.1 * (i - 9))), control: level.map((value) => value - 1.2) },
    first_treated_index: 10,
  };
}

/** The weakest listings, below a quality of 0.5, are treated. */
export function discontinuityPicture(): DiscontinuityPicture {
  const next = sequence(3);
  const cutoff = 0.5;
  const curve = (x: number) => 9 + 6 * x + (x < cutoff ? 1.8 : 0);
  const bins = Array.from({ length: 24 }, (_, i) => {
    const x = 0.2 + (i + 0.5) * 0.025;
    const n = Math.round(20 + 60 * Math.exp(-(((x - 0.5) / 0.2) ** 2)));
    const mean = curve(x) + 0.8 * (next() - 0.5);
    const reach = 8 / Math.sqrt(n);
    return { x, mean, n, ci_lower: mean - reach, ci_upper: mean + reach };
  });
  const line = (from: number, to: number) => Array.from({ length: 11 }, (_, i) => from + ((to - from) * i) / 10);
  return {
    kind: 'discontinuity',
    running: 'quality_score',
    cutoff,
    treated_side: 'below',
    bandwidth: { left: 0.14, right: 0.14 },
    bins,
    fit_left: line(0.36, 0.4999).map((x) => ({ x, y: curve(x) })),
    fit_right: line(0.5, 0.64).map((x) => ({ x, y: curve(x) })),
    density: bins.map((bin) => ({ from: bin.x - 0.0125, to: bin.x + 0.0125, count: bin.n })),
    density_p_value: 0.62,
  };
}

export function responsePicture(): ResponsePicture {
  const changes = Array.from({ length: 31 }, (_, i) => i / 100);
  return {
    kind: 'response',
    metric: 'quality_score',
    response: 'saturating',
    curve: changes.map((x) => {
      const y = (3 * x) / (0.2 + x);
      return { x, y, lower: 0.7 * y, upper: 1.3 * y };
    }),
    bins: Array.from({ length: 12 }, (_, i) => ({
      from: i * 0.025,
      to: (i + 1) * 0.025,
      count: Math.round(90 * Math.exp(-(((i - 4) / 3) ** 2))),
    })),
    mean_change: 0.117,
  };
}
