import { inputError } from '../contracts/input-error.ts';

/** A parsed model formula. A term is a list of column names whose product it is; terms are in order of degree, then of appearance. */
export type Formula = {
  readonly outcome: string;
  readonly intercept: boolean;
  readonly terms: readonly (readonly string[])[];
};

type Token = { readonly kind: 'name' | 'number' | 'symbol' | 'end'; readonly text: string; readonly position: number };
type Term = readonly string[];

const NAME = /[\p{L}_.][\p{L}\p{N}_.]*/uy;
const NUMBER = /\d+(\.\d+)?/y;
const QUOTED = /`([^`]+)`/y;
const SYMBOLS = '~+-*:()';
const MAX_LENGTH = 2000;
const MAX_TERMS = 200;

/**
 * Reads `outcome ~ a + b`, with interactions `a:b`, `a * b` (short for `a + b + a:b`), parentheses, `- 1` or `+ 0` for no
 * intercept, `- a` to take a term out, and backquotes around names that are not plain words.
 *
 * @throws InputError that says what was found at which position (counted from 1).
 * @example parseFormula('revenue ~ enriched * price').terms // [['enriched'], ['price'], ['enriched', 'price']]
 */
export function parseFormula(text: string, parameter: string = 'formula'): Formula {
  if (text.length > MAX_LENGTH) throw inputError(parameter, `the formula is longer than ${MAX_LENGTH} characters`, text.slice(0, 80));
  return new FormulaReader(text, parameter).read();
}

/** Every column a formula names, the outcome first. */
export function formulaColumns(formula: Formula): readonly string[] {
  return [...new Set([formula.outcome, ...formula.terms.flat()])];
}

/** Recursive descent over the tokens; it owns the position and the order in which names appear. */
class FormulaReader {
  private readonly tokens: readonly Token[];
  private next = 0;
  private intercept = true;
  private readonly appearance = new Map<string, number>();

  constructor(
    private readonly text: string,
    private readonly parameter: string,
  ) {
    this.tokens = this.tokenise();
  }

  read(): Formula {
    const outcome = this.take();
    if (outcome.kind !== 'name') throw this.problem(outcome, 'the name of the outcome column');
    const tilde = this.take();
    if (tilde.text !== '~' || tilde.kind !== 'symbol') throw this.problem(tilde, "'~' after the outcome");
    const terms = this.sum();
    const rest = this.take();
    if (rest.kind !== 'end') throw this.problem(rest, "'+', '-', '*', ':' or the end of the formula");
    if (terms.some((term) => term.includes(outcome.text))) {
      throw inputError(this.parameter, `'${outcome.text}' is the outcome, so it cannot stand to the right of '~' too`, this.text);
    }
    return { outcome: outcome.text, intercept: this.intercept, terms: [...terms].sort((a, b) => a.length - b.length) };
  }

  private sum(): readonly Term[] {
    let terms: readonly Term[] = [];
    let sign = '+';
    if (this.isSymbol('+', '-')) sign = this.take().text;
    for (;;) {
      const token = this.peek();
      if (token.kind === 'number') this.setIntercept(this.take(), sign);
      else {
        const found = this.cross();
        terms = sign === '+' ? this.union(terms, found) : terms.filter((term) => !found.some((other) => keyOf(other) === keyOf(term)));
      }
      if (!this.isSymbol('+', '-')) return terms;
      sign = this.take().text;
    }
  }

  private cross(): readonly Term[] {
    let terms = this.interaction();
    while (this.isSymbol('*')) {
      this.take();
      const right = this.interaction();
      terms = this.union(this.union(terms, right), this.products(terms, right));
    }
    return terms;
  }

  private interaction(): readonly Term[] {
    let terms = this.factor();
    while (this.isSymbol(':')) {
      this.take();
      terms = this.products(terms, this.factor());
    }
    return terms;
  }

  private factor(): readonly Term[] {
    const token = this.take();
    if (token.kind === 'symbol' && token.text === '(') {
      const terms = this.sum();
      const close = this.take();
      if (close.text !== ')' || close.kind !== 'symbol') throw this.problem(close, "')'");
      return terms;
    }
    if (token.kind !== 'name') throw this.problem(token, 'a column name');
    if (this.isSymbol('(')) {
      throw inputError(
        this.parameter,
        `at position ${token.position}: '${token.text}(...)' is a function, and formulas here know only columns; add a column with the transformed values to the data`,
        this.text,
      );
    }
    if (!this.appearance.has(token.text)) this.appearance.set(token.text, this.appearance.size);
    return [[token.text]];
  }

  private setIntercept(token: Token, sign: string): void {
    if (token.text !== '0' && token.text !== '1')
      throw this.problem(token, 'a column name (the only numbers are 0 and 1, for the intercept)');
    this.intercept = (token.text === '1') === (sign === '+');
  }

  private union(left: readonly Term[], right: readonly Term[]): readonly Term[] {
    const terms = new Map([...left, ...right].map((term) => [keyOf(term), term]));
    if (terms.size > MAX_TERMS) throw inputError(this.parameter, `the formula has more than ${MAX_TERMS} terms`, this.text);
    return [...terms.values()];
  }

  private products(left: readonly Term[], right: readonly Term[]): readonly Term[] {
    if (left.length * right.length > MAX_TERMS) throw inputError(this.parameter, `the formula has more than ${MAX_TERMS} terms`, this.text);
    const place = (name: string): number => this.appearance.get(name) ?? 0;
    const all = left.flatMap((a) => right.map((b) => [...new Set([...a, ...b])].sort((x, y) => place(x) - place(y))));
    return this.union([], all);
  }

  private peek(): Token {
    return this.tokens[this.next]!;
  }

  private take(): Token {
    const token = this.peek();
    if (token.kind !== 'end') this.next += 1;
    return token;
  }

  private isSymbol(...symbols: readonly string[]): boolean {
    const token = this.peek();
    return token.kind === 'symbol' && symbols.includes(token.text);
  }

  private problem(found: Token, expected: string) {
    const what = found.kind === 'end' ? 'the formula ends' : `there is '${found.text}'`;
    return inputError(
      this.parameter,
      `at position ${found.position}: ${what} where ${expected} should be, as in 'revenue ~ treated + price'`,
      this.text,
    );
  }

  private tokenise(): readonly Token[] {
    const tokens: Token[] = [];
    let at = 0;
    while (at < this.text.length) {
      const character = this.text[at]!;
      if (/\s/.test(character)) {
        at += 1;
        continue;
      }
      const token = this.tokenAt(at, character);
      tokens.push({ kind: token.kind, text: token.text, position: at + 1 });
      at += token.length;
    }
    return [...tokens, { kind: 'end', text: '', position: this.text.length + 1 }];
  }

  private tokenAt(at: number, character: string): { kind: Token['kind']; text: string; length: number } {
    if (SYMBOLS.includes(character)) return { kind: 'symbol', text: character, length: 1 };
    const quoted = matchAt(QUOTED, this.text, at);
    if (quoted !== null) return { kind: 'name', text: quoted[1]!, length: quoted[0].length };
    const number = matchAt(NUMBER, this.text, at);
    if (number !== null) return { kind: 'number', text: number[0], length: number[0].length };
    const name = matchAt(NAME, this.text, at);
    if (name !== null && name[0] !== '.') return { kind: 'name', text: name[0], length: name[0].length };
    const advice =
      character === '.'
        ? 'name the columns one by one'
        : character === '^'
          ? "write interactions with '*' and ':'"
          : 'put unusual column names in backquotes';
    throw inputError(this.parameter, `at position ${at + 1}: '${character}' cannot stand in a formula; ${advice}`, this.text);
  }
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function keyOf(term: Term): string {
  return JSON.stringify([...term].sort());
}
