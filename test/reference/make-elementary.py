"""elementary.json: arguments (doubles) and correctly rounded values of the elementary functions. Needs mpmath."""
import json
import math
import random

import mpmath as mp

random.seed(20240611)
mp.mp.prec = 2400
PER_RANGE = 12


def signed(scale):
    return lambda: random.uniform(-scale, scale)


def positive(log_scale):
    return lambda: math.exp(random.uniform(-log_scale, log_scale))


RANGES = {
    "exp": (mp.exp, [signed(0.01), signed(1), signed(30), signed(708), lambda: random.uniform(-745, -708)]),
    "expm1": (mp.expm1, [signed(1e-9), signed(0.16), signed(1), signed(45), lambda: random.uniform(40, 709)]),
    "log": (mp.log, [positive(0.05), positive(1), positive(700), lambda: random.randint(1, 10**6) * 5e-324]),
    "log1p": (mp.log1p, [signed(1e-9), signed(0.06), signed(0.99), positive(700), lambda: math.exp(-random.uniform(1, 300))]),
    "logistic": (lambda x: 1 / (1 + mp.exp(-x)), [signed(1), signed(40), lambda: random.uniform(-740, -40)]),
    "sin": (mp.sin, [signed(0.7), signed(10), signed(1e5), signed(1e9), signed(1e17), signed(1e300)]),
    "cos": (mp.cos, [signed(0.7), signed(10), signed(1e5), signed(1e9), signed(1e17), signed(1e300)]),
}


def powers():
    for log_scale in (1e-6, 0.1, 5, 700):
        for _ in range(PER_RANGE):
            x = math.exp(random.uniform(-log_scale, log_scale))
            yield [x, random.uniform(-740, 705) / math.log(x)]
    for _ in range(PER_RANGE):
        yield [-random.uniform(0.1, 9), random.randint(-30, 30)]
    for exponent in (0.5, -0.5, 1 / 3, 2, 3, -1, 10):
        yield [random.uniform(0.01, 100), exponent]


rows = []
for name, (function, draws) in RANGES.items():
    for draw in draws:
        for _ in range(PER_RANGE):
            x = draw()
            rows.append([name, [x], float(function(mp.mpf(x)))])
for x, y in powers():
    rows.append(["pow", [x, y], float(mp.power(mp.mpf(x), mp.mpf(y)))])
with open("elementary.json", "w") as file:
    json.dump({"software": "mpmath " + mp.__version__, "columns": ["function", "arguments", "value"], "rows": rows}, file, separators=(",", ":"))
