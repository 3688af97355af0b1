"""Chebyshev coefficients of src/core/numeric/normal.ts: (1 + x) times Mills' ratio in t = (x - 5) / (x + 5). Needs mpmath."""
import mpmath as mp

mp.mp.dps = 50
POINTS = 80
KEPT = 25


def mills_ratio(x):
    if x < 300:
        return mp.sqrt(mp.pi / 2) * mp.exp(x * x / 2) * mp.erfc(x / mp.sqrt(2))
    return sum((-1) ** k * mp.fac2(2 * k - 1) / x ** (2 * k + 1) for k in range(9))


def scaled(t):
    x = 5 * (1 + t) / (1 - t)
    return (1 + x) * mills_ratio(x)


angles = [mp.pi * (j + mp.mpf(1) / 2) / POINTS for j in range(POINTS)]
values = [scaled(mp.cos(angle)) for angle in angles]
for i in range(KEPT):
    total = sum(v * mp.cos(i * angle) for v, angle in zip(values, angles))
    print(repr(float(total * (1 if i == 0 else 2) / POINTS)))
