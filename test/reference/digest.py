"""Recomputes the digests of JSON documents of the workbench, with the standard library alone.

python3 digest.py FILE ...   prints, for each file (- for standard input), the digest in it, the digest worked out, and `equal` or `different`.
"""

import hashlib
import json
import struct
import sys

# By format, what of a document its digest is about. What a run is printed as names no format.
DIGESTED = {
    None: ["pilot_results", "evaluate_results", "allocate_result", "scale_results", "outcome_reports"],
    "impact-workbench study": ["settings", "done", "diagnosands", "decision"],
    "impact-workbench sweep": ["settings", "path", "points", "breakdown"],
    "impact-workbench design grid": ["initiative_id", "effect", "rows"],
}
SHORT = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def canonical(value):
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, float):
        return '"' + struct.pack(">d", value + 0.0).hex() + '"'
    if isinstance(value, str):
        return '"' + "".join(map(character, value)) + '"'
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
    return "{" + ",".join(canonical(key) + ":" + canonical(value[key]) for key in keys) + "}"


def character(c):
    if c in SHORT:
        return SHORT[c]
    return "\\u%04x" % ord(c) if c < " " or "\ud800" <= c <= "\udfff" else c


def digest(document):
    part = {key: document[key] for key in DIGESTED[document.get("format")]}
    return hashlib.sha256(canonical(part).encode("utf-8")).hexdigest()


different = False
for name in sys.argv[1:]:
    with open(0 if name == "-" else name, encoding="utf-8") as file:
        document = json.load(file, parse_int=float)
    ours = digest(document)
    different = different or ours != document["digest"]
    print(document["digest"], ours, "different" if ours != document["digest"] else "equal")
sys.exit(1 if different else 0)
