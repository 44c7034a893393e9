"""Reference values of representations by NumPy, independent of the project's code: python3 representations.py > representations.json

Fitted to the first 200 rows, given for all 260; later rows have values and texts that the first have not.
"""
import json
import numpy as np

r = np.random.default_rng(8)
n, fit = 260, 200
x = np.round(r.lognormal(1, 1.2, n) * np.where(r.random(n) < .3, -1, 1), 3).astype(np.float32)
x[r.random(n) < .08] = np.nan
x[210:214] = [1e6, -1e6, 0, np.nan]
k = 5_000_000_000 + r.integers(0, 40, n)
k[r.random(n) < .08] = -1
text = np.array(["ä", "b", "", "d", "e"])[r.integers(0, 5, n)]
text[220:223] = ["new", "b", "newer"]
y = (r.random(n) < .4).astype(float)
numbers = [[None if r.random() < .1 else float(np.float32(v)) for v in np.round(r.normal(3, 2, r.integers(0, 9)), 3)] for _ in range(n)]
items = [list(np.array(["p", "q", "r", "", "s"])[r.integers(0, 5, r.integers(0, 6))]) for _ in range(n)]
items[230] = ["unseen", "p"]

X = x.astype(float); T = X[:fit]; t = T[~np.isnan(T)]; s = np.sort(t)
K = k.astype(float); kt = K[:fit][k[:fit] != -1]
z = lambda v, of, fill=0.: np.where(np.isnan(v), fill, (v - of.mean()) / of.std())
out = {}
out["standard"] = z(X, t)
out["standard_median"] = z(X, t, (s[len(s) // 2] - t.mean()) / t.std())
out["standard_integer"] = np.where(k == -1, 0, (K - kt.mean()) / kt.std())
out["min_max"] = np.where(np.isnan(X), 0, (X - t.min()) / (t.max() - t.min()) * 2 - 1)
lo, hi = s[int(.05 * (len(s) - 1))], s[int(np.ceil(.95 * (len(s) - 1)))]
out["clip"] = np.where(np.isnan(X), 0, (np.clip(X, lo, hi) - lo) / (hi - lo) * 2 - 1)
lg = lambda v: np.sign(v) * np.log1p(np.abs(v))
out["log"] = z(lg(X), lg(t))
edges = np.unique([s[min(len(s) - 1, i * len(s) // 6)] for i in range(1, 6)])
place = np.where(np.isnan(X), len(edges) + 1, np.searchsorted(edges, X, side="right"))
out["buckets"] = np.eye(len(edges) + 2)[place]
out["missing"] = np.isnan(X).astype(float)
seen = sorted(set(text[:fit]))
out["one_hot"] = np.array([[float(a == b) for b in seen] for a in text])
out["dummy"] = out["one_hot"][:, 1:]
out["frequency"] = np.array([np.mean(text[:fit] == a) for a in text])
m = y[:fit].mean()
out["target"] = np.array([(y[:fit][text[:fit] == a].sum() + 10 * m) / ((text[:fit] == a).sum() + 10) for a in text])
def fnv(a):
    h = 0x811c9dc5
    for c in a: h = ((h ^ ord(c)) * 0x01000193) & 0xffffffff
    return h
out["hashed"] = np.array([[float(a in seen and fnv(a) % 4 == i) for i in range(4)] for a in text])
there = [np.array([v for v in l if v is not None]) for l in numbers]
st = np.array([[len(l), l.mean(), l.std(), l.min(), l.max()] if len(l) else [0.] * 5 for l in there])
out["statistics"] = (st - st[:fit].mean(0)) / st[:fit].std(0)
pool = np.sort(np.concatenate(there[:fit])); he = np.unique([pool[i * len(pool) // 5] for i in range(5)])
out["histogram"] = np.array([[(l >= e).mean() if len(l) else 0. for e in he] for l in there])
def first(l, sign):
    v = np.sort(sign * l)[:3] * sign
    return np.concatenate([(v - pool.mean()) / pool.std(), np.zeros(3 - len(v))])
out["least"] = np.array([first(l, 1) for l in there])
out["greatest"] = np.array([first(l, -1) for l in there])
known = sorted({a for l in items[:fit] for a in l if a})
out["counts"] = np.array([[float(l.count(a)) for a in known] for l in items])
out["shares"] = np.array([[l.count(a) / max(1, sum(b != "" for b in l)) for a in known] for l in items])
print(json.dumps({
    "fit": fit, "number": [None if np.isnan(v) else float(v) for v in x], "integer": [int(v) for v in k],
    "text": list(text), "target": list(y), "numbers": numbers, "items": [[str(a) for a in l] for l in items],
    "expected": {name: np.asarray(v).reshape(n, -1).tolist() for name, v in out.items()}}))
