# Min-max regret knapsack over independent intervals, by looking at every pair of portfolio and reply.
# Run: python3 test/reference/make-interval-knapsack.py > test/reference/interval_knapsack.json
# Classes of costs and profits as in Martello, Pisinger and Toth (1999); intervals as in Furini, Iori, Martello and Yagiura (2015).
import json
import random

import numpy as np


def subset_sums(values):
    sums = np.zeros(1, dtype=np.int64)
    for value in values:
        sums = np.concatenate([sums, sums + value])
    return sums


def instance(kind, n, seed, tightness, spread):
    draw = random.Random(f"{kind} {n} {seed}")
    items = []
    for i in range(n):
        cost = draw.randint(1, 100)
        profit = {
            "uncorrelated": lambda: draw.randint(1, 100),
            "weakly correlated": lambda: max(1, draw.randint(cost - 10, cost + 10)),
            "strongly correlated": lambda: cost + 10,
            "subset sum": lambda: cost,
        }[kind]()
        low = draw.randint(round((1 - spread) * profit), profit)
        high = draw.randint(profit, round((1 + spread) * profit))
        items.append({"id": f"i{i + 1:02d}", "cost": cost, "R_best": high, "R_med": profit, "R_worst": low, "confidence": 1})
    return items, int(tightness * sum(item["cost"] for item in items))


def solve(items, budget):
    n = len(items)
    cost = subset_sums([item["cost"] for item in items])
    high = subset_sums([item["R_best"] for item in items])
    low = subset_sums([item["R_worst"] for item in items])
    masks = np.flatnonzero(cost <= budget)
    regrets = {}
    for x in masks:
        # Against x its own items are at their lowest and all others at their highest.
        replies = high[masks & ~x] - low[x & ~masks]
        regrets[int(x)] = int(replies.max())
    least = min(regrets.values())
    names = lambda mask: [items[i]["id"] for i in range(n) if mask >> i & 1]
    optimal = sorted((int(cost[x]), names(x)) for x, value in regrets.items() if value == least)
    return least, [ids for _, ids in optimal]


answers = []
for kind in ["uncorrelated", "weakly correlated", "strongly correlated", "subset sum"]:
    for n, seed, tightness, spread in [(10, 1, 0.5, 0.3), (13, 2, 0.25, 0.3), (13, 3, 0.5, 0.1)]:
        items, budget = instance(kind, n, seed, tightness, spread)
        objective, optimal = solve(items, budget)
        answers.append({"name": f"{kind}, {n} items, {seed}", "budget": budget, "initiatives": items, "objective": objective, "optimal_portfolios": optimal})
print("[\n" + ",\n".join(json.dumps(answer, separators=(",", ":")) for answer in answers) + "\n]")
