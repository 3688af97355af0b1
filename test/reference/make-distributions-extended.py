"""distributions_extended.json: tails of t, chi-square and F where ordinary algorithms lose digits. Needs mpmath.

Every value comes from a sum of positive terms, a continued fraction run until it stands still, or, where both would take
millions of terms, quadrature of the density in pieces scaled to its slope; all with 50 digits.
"""
import json

import mpmath as mp

mp.mp.dps = 50
MANY = 60000


def positive_series(a, b, x, y):
    term = total = mp.mpf(1)
    n = 0
    while term > total * mp.mpf(10) ** -35:
        term *= (a + b + n) * x / (a + 1 + n)
        total += term
        n += 1
        if n > MANY:
            return None
    return total * mp.exp(a * mp.log(x) + b * mp.log(y) + mp.loggamma(a + b) - mp.loggamma(a + 1) - mp.loggamma(b))


def outward(log_density, start, direction, end=None):
    """Integral of exp(log_density) from start outwards, in pieces of the local decay length."""
    peak = log_density(start)
    step = mp.mpf(10) ** -20
    while log_density(start + direction * step) - peak > -1 and (end is None or abs(start + direction * 2 * step - end) > 0):
        step *= 2
    pieces = [start + direction * step * k for k in (0, 0.5, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 200)]
    return mp.exp(peak) * mp.quad(lambda s: mp.exp(log_density(s) - peak), pieces)


def beta_lower(a, b, x, y):
    """I_x(a, b) for x below the mean."""
    if x < 0.9 and (max(a, b) < 1e5 or min(a, b) < 1e3):
        value = positive_series(a, b, x, y)
        if value is not None:
            return value
    front = mp.loggamma(a + b) - mp.loggamma(a) - mp.loggamma(b)
    # In the logit of x the log density a s - (a + b) log(1 + e^s) is smooth, concave and without end points.
    density = lambda s: front + a * s - (a + b) * mp.log1p(mp.exp(s))
    return outward(density, mp.log(x / y), -1)


def beta_tails(a, b, x, y):
    if x * b <= y * a:
        lower = beta_lower(a, b, x, y)
        return lower, 1 - lower
    upper = beta_lower(b, a, y, x)
    return 1 - upper, upper


def gamma_tails(a, x):
    density = lambda s: a * s - mp.exp(s) - mp.loggamma(a)
    if x <= a:
        lower = outward(density, mp.log(x), -1)
        return lower, 1 - lower
    upper = outward(density, mp.log(x), 1)
    return 1 - upper, upper


rows = []


def add(name, arguments, value):
    if mp.mpf(10) ** -305 < value < 1:
        rows.append([name, arguments, float(value)])


for df in (0.1, 0.35, 1, 2.5, 7, 33.3, 400, 1e5, 1e7, 1e10):
    for t in (1e-6, 0.01, 0.5, 1, 1.4, 1.9, 2.3, 3, 6, 11, 25, 36, 1e3, 1e8):
        if df > 300 and t > 36:
            continue
        n, square = mp.mpf(df), mp.mpf(t) ** 2
        lower, _ = beta_tails(n / 2, mp.mpf(1) / 2, n / (n + square), square / (n + square))
        add("studentTSurvival", [t, df], lower / 2)
for df in (0.1, 1, 3, 10, 57, 399, 401, 3000, 1e5, 1e7, 1e10):
    for z in (-30, -12, -6, -3, -1, -0.1, 0, 0.1, 1, 2, 3, 8, 20, 37):
        x = float(df + z * (2 * df) ** 0.5) if df > 100 else float(df * mp.exp(0.15 * z))
        if x <= 0:
            continue
        lower, upper = gamma_tails(mp.mpf(df) / 2, mp.mpf(x) / 2)
        add("chiSquareCdf", [x, df], lower)
        add("chiSquareSurvival", [x, df], upper)
for df1, df2 in ((0.1, 0.1), (1, 1e5), (3, 1e10), (1e10, 3), (2, 2), (5, 40.5), (100, 3), (300, 1e6), (790, 790), (900, 1000), (1e4, 1e5), (1e6, 1e6), (1e9, 1e10)):
    for z in (-20, -6, -3, -1, -0.05, 0, 0.05, 1, 3, 7, 20):
        f = float(mp.exp(min(z * mp.sqrt(mp.mpf(2) / df1 + mp.mpf(2) / df2), 200)))
        total = mp.mpf(df1) * f + df2
        lower, upper = beta_tails(mp.mpf(df1) / 2, mp.mpf(df2) / 2, df1 * mp.mpf(f) / total, df2 / total)
        add("fCdf", [f, df1, df2], lower)
        add("fSurvival", [f, df1, df2], upper)
with open("distributions_extended.json", "w") as file:
    json.dump({"software": "mpmath " + mp.__version__, "columns": ["function", "arguments", "value"], "rows": rows}, file, separators=(",", ":"))
print(len(rows))
