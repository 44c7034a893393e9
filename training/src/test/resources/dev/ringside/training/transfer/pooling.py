"""Writes pooling.json: regional deviations of a linear model by direct maximisation of the marginal likelihood.

y = z + d_r0 + d_r1 x1 + d_r2 x2 + e, d_r0 ~ N(0, intercept), d_rj ~ N(0, slope), e ~ N(0, residual): a region's y - z is
normal with covariance residual I + intercept 1 1' + slope X X'. Maximised by Nelder-Mead over log variances (SciPy), the
deviations are the conditional means given the variances (NumPy). Nothing here iterates as EM does.
"""

import json
import pathlib

import numpy
import scipy
from scipy.optimize import minimize

random = numpy.random.default_rng(7)
sizes = [3, 5, 8, 12, 20, 30, 45, 60, 9, 15, 25, 80]
regions, x, z, y = [], [], [], []
for r, n in enumerate(sizes):
    own = numpy.concatenate([random.normal(0, 0.8, 1), random.normal(0, 0.4, 2)])
    xs = random.normal(0, 1, (n, 2))
    zs = random.normal(0, 1, n)
    regions += [r] * n
    x.append(xs)
    z.append(zs)
    y.append(zs + own[0] + xs @ own[1:] + random.normal(0, 1.2, n))
regions, x = numpy.array(regions), numpy.concatenate(x).astype("float32").astype(float)
z, y = numpy.concatenate(z).astype("float32").astype(float), numpy.concatenate(y)


def parts(theta):
    intercept, slope, residual = numpy.exp(theta)
    for r in range(len(sizes)):
        at = regions == r
        design = numpy.column_stack([numpy.ones(at.sum()), x[at]])
        prior = numpy.diag([intercept, slope, slope])
        yield design, prior, design @ prior @ design.T + residual * numpy.eye(at.sum()), (y - z)[at]


def loss(theta):
    return sum(numpy.linalg.slogdet(c)[1] + d @ numpy.linalg.solve(c, d) for _, _, c, d in parts(theta)) / 2


found = minimize(loss, [0, 0, 0], method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-12, "maxiter": 10000})
intercept, slope, residual = numpy.exp(found.x)
deviations = [list(p @ d.T @ numpy.linalg.solve(c, e)) for d, p, c, e in parts(found.x)]
pathlib.Path(__file__).with_suffix(".json").write_text(
    json.dumps(
        {
            "versions": f"NumPy {numpy.__version__}, SciPy {scipy.__version__}",
            "region": regions.tolist(),
            "x": x.ravel().tolist(),
            "z": z.tolist(),
            "y": y.tolist(),
            "intercept": intercept,
            "slope": slope,
            "residual": residual,
            "deviations": deviations,
        }
    )
    + "\n"
)
print(intercept, slope, residual, found.nit)
