"""Writes scorer-more.json: confidences of many ids by CPython's own random and hashlib. Run: python3 make-scorer-more.py"""

import hashlib
import json
import random

RANGES = {
    "experiment": (0.85, 1.0),
    "quasi-experiment": (0.60, 0.84),
    "time-series": (0.40, 0.59),
    "observational": (0.20, 0.39),
}

picker = random.Random(19)
alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
ids = ["a", "-", "_", "0", "A" * 80, "initiative_product_content_experiment"]
ids += ["".join(picker.choices(alphabet, k=picker.randint(1, 80))) for _ in range(294)]

rows = []
for number, initiative_id in enumerate(ids):
    model_type = list(RANGES)[number % 4]
    low, high = RANGES[model_type]
    seed = int(hashlib.md5(initiative_id.encode("utf-8")).hexdigest(), 16) % 2**32
    rows.append([initiative_id, model_type, seed, low + (high - low) * random.Random(seed).random()])

with open("scorer-more.json", "w") as out:
    json.dump(rows, out, indent=None, separators=(",", ":"))
    out.write("\n")
