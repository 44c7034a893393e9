"""Neighbours in a minority by brute force with NumPy, independent of the project's code: python3 smote.py > smote.json

Distances as Chawla et al. 2002, section 6.1, has them for SMOTE-NC, on numbers divided by their standard deviation over all
rows; a number that one of two rows lacks counts as a text that differs, one that both lack counts nothing.
"""
import json
import numpy as np

r = np.random.default_rng(21)
n, k = 400, 5
target = (r.random(n) < .15).astype(int)
amount = np.where(target == 1, r.normal(30, 8, n), r.normal(20, 10, n)).round(3).astype(np.float32)
amount[r.random(n) < .1] = np.nan
visits = r.integers(0, 3000, n)
visits[r.random(n) < .1] = -1
constant = np.full(n, 7.5, np.float32)
colour = np.array(["red", "green", "", "blue"])[r.integers(0, 4, n)]
zone = r.integers(100, 104, n)

numbers = [amount.astype(float), np.where(visits == -1, np.nan, visits.astype(float)), constant.astype(float)]
scaled = np.array([c / np.nanstd(c) for c in numbers if np.nanstd(c) > 0])
few = np.flatnonzero(target == 1)
median = np.median([np.nanstd(c[few]) for c in scaled])
neighbours = {}
for i in few:
    squared = np.zeros(len(few))
    for c in scaled:
        d = c[few] - c[i]
        one = np.isnan(c[few]) != np.isnan(c[i])
        squared += np.where(np.isnan(d), np.where(one, median ** 2, 0), d ** 2)
    for c in (colour, zone):
        squared += (c[few] != c[i]) * median ** 2
    order = [j for j in np.argsort(squared, kind="stable") if few[j] != i][:k]
    neighbours[int(i)] = [int(few[j]) for j in order]

print(json.dumps(dict(
    numpy=np.__version__, neighbours=neighbours, median=float(median), target=target.tolist(),
    amount=[None if np.isnan(v) else float(v) for v in amount], visits=visits.tolist(), constant=constant.tolist(),
    colour=colour.tolist(), zone=zone.tolist()), separators=(",", ":")))
