import { digestOf } from '../../src/core/contracts/digest.ts';

/** The engine's own word for where it is: language, time zone, and two things that a careless program depends on. */
export function surroundingsHere(): string {
  const { locale, timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return `${locale}, ${timeZone}, ${(1234.5).toLocaleString()}, ${'I'.toLocaleLowerCase()}`;
}

/**
 * A digest of what the engine's own functions give at a few thousand places: those that the core does without, because engines
 * differ in their last bits. Where it differs between two engines, equal digests of results are no matter of course.
 */
export function ownFunctionsHere(): string {
  const functions = [
    Math.exp,
    Math.expm1,
    Math.log,
    Math.log1p,
    Math.log10,
    Math.sin,
    Math.tan,
    Math.atan,
    Math.sinh,
    Math.tanh,
    Math.cbrt,
  ];
  const values = functions.map((of) => Array.from({ length: 500 }, (_, i) => of(0.013 + i * 0.0371)));
  const powers = Array.from({ length: 500 }, (_, i) => (1 + i * 0.0371) ** 2.7);
  return digestOf({ values, powers, hypotenuses: powers.map((power, i) => Math.hypot(power, i)) });
}
