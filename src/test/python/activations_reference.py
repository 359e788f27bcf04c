"""Writes src/test/resources/reference/activations.txt: activations and two derivatives from the definitions, by mpmath.

Arguments are doubles; results are computed with 400 digits and rounded to the nearest double. One line a case: function,
argument, value, first derivative, second derivative.

    python3 src/test/python/activations_reference.py > src/test/resources/reference/activations.txt
"""

import random

import mpmath
from mpmath import cos, erfc, exp, log, mp, mpf, pi, sin, sqrt, tanh

mp.dps = 400
random.seed(20250313)


def logistic(z):
    return 1 / (1 + exp(-z))


def sigmoid(z):
    s = logistic(z)
    return s, s * (1 - s), s * (1 - s) * (1 - 2 * s)


def hyperbolic_tangent(z):
    t = tanh(z)
    return t, 1 - t * t, -2 * t * (1 - t * t)


def silu(z):
    s, first, second = sigmoid(z)
    return z * s, s + z * first, 2 * first + z * second


def log_sigmoid(z):
    s = logistic(z)
    return log(s), 1 - s, -s * (1 - s)


def gelu(z):
    density = exp(-z * z / 2) / sqrt(2 * pi)
    cumulative = erfc(-z / sqrt(mpf(2))) / 2
    return z * cumulative, cumulative + z * density, density * (2 - z * z)


def sine(z):
    return sin(z), cos(z), -sin(z)


def exponential(z):
    return (exp(z),) * 3


def cubic(z):
    return z**3, 3 * z**2, 6 * z


def symmetric(magnitudes):
    return [sign * m for m in magnitudes for sign in (1.0, -1.0)]


SMALL = [1e-300, 1e-20, 1e-9, 1e-4, 0.03, 0.1, 0.3, 0.346, 0.347, 0.5, 0.75, 1.0, 1.28, 1.4, 2.4]
RANDOM = [random.uniform(0, 6) for _ in range(25)] + [10 ** random.uniform(-3, 1.5) for _ in range(15)]
TAIL = [5.0, 9.0, 17.0, 20.0, 36.0, 37.0]
ARGUMENTS = {
    "sigmoid": (sigmoid, SMALL + RANDOM + TAIL + [100.0, 354.0, 500.0, 700.0]),
    "tanh": (hyperbolic_tangent, SMALL + RANDOM + TAIL + [100.0, 354.0]),
    "silu": (silu, SMALL + RANDOM + TAIL + [100.0, 500.0, 700.0]),
    "log-sigmoid": (log_sigmoid, SMALL + RANDOM + TAIL + [100.0, 354.0, 500.0, 700.0]),
    "gelu": (gelu, SMALL + RANDOM + TAIL),
    "sine": (
        sine,
        SMALL + RANDOM + TAIL + [float(k * pi / 2) for k in (1, 2, 3, 4, 11, 22, 355, 710, 600001)]
        + [random.uniform(0, 1e6) for _ in range(25)] + [1048576.0, 1048577.0, 3e7, 1e15, 1e300],
    ),
    "exp": (exponential, SMALL + RANDOM + TAIL + [100.0, 500.0, 700.0, 708.0]),
    "polynomial": (cubic, [0.03, 0.5, 1.0, 2.4, 17.0] + RANDOM),
}

print(f"# Made by src/test/python/activations_reference.py with mpmath {mpmath.__version__}.")
print("# function, argument, value, first derivative, second derivative")
for name, (function, magnitudes) in ARGUMENTS.items():
    for z in symmetric(magnitudes):
        print(name, repr(z), *(repr(float(result)) for result in function(mpf(z))))
