"""Polynomial coefficients of the block kernels in dev.ratelab.math, as hexadecimal doubles.

Each polynomial interpolates its function at Chebyshev points, solved with 60 digits. Run: python activation_coefficients.py
"""

from mpmath import atanh, cos, erfc, exp, lu_solve, matrix, mp, mpf, nstr, pi, sin, sqrt

mp.dps = 60
NODES = 400


def interpolant(function, low, high, degree):
    middle, half = (low + high) / 2, (high - low) / 2
    nodes = [middle + half * cos(pi * (2 * i + 1) / (2 * (degree + 1))) for i in range(degree + 1)]
    powers = matrix(degree + 1, degree + 1)
    values = matrix(degree + 1, 1)
    for i, node in enumerate(nodes):
        values[i] = function(node)
        for j in range(degree + 1):
            powers[i, j] = node**j
    return list(lu_solve(powers, values))


def show(name, function, low, high, degree, weight):
    """Prints coefficients, lowest first, and the largest error times weight(x)."""
    coefficients = interpolant(function, low, high, degree)
    worst = mpf(0)
    for i in range(1, NODES + 1):
        x = low + (high - low) * i / NODES
        value = sum(c * x**k for k, c in enumerate(coefficients))
        worst = max(worst, abs((value - function(x)) * weight(x)))
    print(f"{name}: degree {degree}, error {nstr(worst, 3)}")
    for k, c in enumerate(coefficients):
        print(f"  {k}: {float(c).hex()}")


def atanh_quotient(v):
    """(atanh(w) / w - 1) / w^2 at v = w^2."""
    return (atanh(sqrt(v)) / sqrt(v) - 1) / v


def sine_quotient(v):
    """(sin(r) / r - 1) / r^2 at v = r^2."""
    return (sin(sqrt(v)) / sqrt(v) - 1) / v


def cosine_quotient(v):
    """(cos(r) - 1 + r^2 / 2) / r^4 at v = r^2."""
    return (cos(sqrt(v)) - 1 + v / 2) / v**2


def split(value, bits):
    """Heads of that many bits and a tail of a double's length."""
    parts = []
    for count in bits:
        _, exponent = mp.frexp(value)
        head = mp.floor(value * mpf(2) ** (count - exponent)) * mpf(2) ** (exponent - count)
        parts.append(float(head))
        value -= head
    return parts + [float(value)]


def normal_tail():
    """(a + 5) Phi(-a) exp(a^2 / 2) for 0 <= a <= 40 as a function of u = A - B / (a + 5) in [-1, 1]."""
    shift, largest = mpf(5), mpf(40)
    b = 2 / (1 / shift - 1 / (largest + shift))
    a = b / shift - 1
    a, b = mpf(float(a)), mpf(float(b))
    print("A", float(a).hex(), "B", float(b).hex())

    def function(u):
        z = b / (a - u) - shift
        return (z + shift) * erfc(z / sqrt(2)) * exp(z * z / 2) / 2

    show("normal tail", function, mpf(-1), mpf(1), 22, lambda u: 1 / function(u))


show("atanh", atanh_quotient, mpf(0), mpf(1) / 9, 9, lambda v: v)
largest_square = (pi / 4 * mpf("1.0001")) ** 2
show("sine", sine_quotient, mpf(0), largest_square, 5, lambda v: v)
show("cosine", cosine_quotient, mpf(0), largest_square, 5, lambda v: v**2)
print("pi / 2 =", [part.hex() for part in split(pi / 2, [33, 33])])
normal_tail()
