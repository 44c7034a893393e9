"""Writes weights.safetensors by the library of the format itself (safetensors 0.8.0, NumPy 2.4.6)."""

import pathlib

import numpy
from safetensors.numpy import save_file

random = numpy.random.default_rng(1)
save_file(
    {
        "layer1.weight": random.standard_normal((3, 2)).astype("float32"),
        "layer1.bias": numpy.array([0.1, -2.5, 3e-39], dtype="float32"),
        "empty": numpy.zeros((0, 4), dtype="float32"),
        "scalar": numpy.full((), 7, dtype="float32"),
    },
    pathlib.Path(__file__).with_suffix(".safetensors"),
    metadata={"kind": "network", "words": "größer"},
)
