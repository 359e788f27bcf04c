"""Writes src/test/resources/reference/losses.txt: losses of random estimates, from the definitions and by brute force.

An independent implementation for the softmax gate and linear experts. The infimum over t1 is taken by SciPy (BFGS and
Nelder-Mead from many starts, restarted until nothing changes, and all kinks), that over t0 by linear programming. The
Hellinger distance (d = 1) is a sum over 24,001 points of y between -60 and 60 at 64 Gauss-Legendre nodes of x in
(-1, 1).

One line a case: number of inputs, true atoms, fitted atoms; the true atoms, then the fitted ones, each as gate bias,
gate weight, intercept, slope, variance; then D1, D2, D1-unprofiled, D2-unprofiled, and hellinger (nan for d > 1).

    python3 src/test/python/losses_reference.py > src/test/resources/reference/losses.txt
"""

import numpy as np
import scipy
from scipy.optimize import linprog, minimize

EXPONENT = {1: 1, 2: 4, 3: 6}


def parts(row, d):
    return row[0], row[1:1 + d], row[1 + d], row[2 + d:2 + 2 * d], row[-1]


def exponent(m):
    return EXPONENT.get(m, 7)


def nearest(distances):
    return int(np.argmin(distances))


def expert_distance(row, other, d):
    return np.linalg.norm(row[1 + d:] - other[1 + d:])


def bracket(row, other, d, t1, r):
    _, beta, b, a, v = parts(row, d)
    _, beta_, b_, a_, v_ = parts(other, d)
    if r == 1:
        return np.linalg.norm(np.concatenate([beta - beta_ - t1, [b - b_], a - a_, [v - v_]]))
    first = np.linalg.norm(np.concatenate([beta - beta_ - t1, [b - b_]]))
    second = np.linalg.norm(np.concatenate([a - a_, [v - v_]]))
    return first**r + second ** (r / 2)


def minimise(function, starts):
    best = min(starts, key=function)
    for start in starts:
        point = start
        for _ in range(6):
            before = function(point)
            simplex = {"xatol": 1e-13, "fatol": 1e-17, "maxiter": 4000, "maxfev": 4000}
            for method, options in (("BFGS", {"gtol": 1e-13}), ("Nelder-Mead", simplex)):
                found = minimize(function, point, method=method, options=options).x
                if function(found) < function(point):
                    point = found
            if before - function(point) <= 1e-14 * before:
                break
        if function(point) < function(best):
            best = point
    return best


def over_scale(cell_mass, true_mass, penalty):
    """min_s sum_j |s W_j - w_j| + s B as a linear programme in (s, e_1, ..., e_k)."""
    k = len(true_mass)
    cost = np.concatenate([[penalty], np.ones(k)])
    upper = np.hstack([np.array(cell_mass)[:, None], -np.eye(k)])
    lower = np.hstack([-np.array(cell_mass)[:, None], -np.eye(k)])
    result = linprog(cost, np.vstack([upper, lower]), np.concatenate([true_mass, -np.array(true_mass)]),
                     bounds=[(0, None)] * (k + 1), method="highs-ds",
                     options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10})
    scale = result.x[0]
    return np.abs(scale * np.array(cell_mass) - true_mass).sum() + scale * penalty


def profiled(truth, fit, d, powers):
    mass, true_mass = np.exp(fit[:, 0]), np.exp(truth[:, 0])
    cells = [nearest([expert_distance(row, other, d) for other in truth]) for row in fit]
    best = np.inf
    for _ in range(10):
        r = [exponent(cells.count(j)) if powers else 1 for j in cells]

        def penalty(t1):
            return sum(w * bracket(row, truth[j], d, t1, q) for w, row, j, q in zip(mass, fit, cells, r))

        kinks = [row[1:1 + d] - truth[j][1:1 + d] for row, j in zip(fit, cells)]
        t1 = minimise(penalty, kinks + [np.mean(kinks, axis=0), np.median(kinks, axis=0)])
        cell_mass = [sum(w for w, c in zip(mass, cells) if c == j) for j in range(len(truth))]
        best = min(best, over_scale(cell_mass, true_mass, penalty(t1)))
        moved = fit.copy()
        moved[:, 1:1 + d] -= t1
        again = [nearest([np.linalg.norm(row[1:] - other[1:]) for other in truth]) for row in moved]
        if again == cells:
            break
        cells = again
    return best


def unprofiled(truth, fit, d, powers):
    truth, fit = truth.copy(), fit.copy()
    anchor = nearest([expert_distance(row, truth[-1], d) for row in fit])
    fit[:, :1 + d] -= fit[anchor, :1 + d].copy()
    truth[:, :1 + d] -= truth[-1, :1 + d].copy()

    def norms(row, other):
        _, beta, b, a, v = parts(row, d)
        _, beta_, b_, a_, v_ = parts(other, d)
        return [np.linalg.norm(beta - beta_), abs(b - b_), np.linalg.norm(a - a_), abs(v - v_)]

    cells = [nearest([sum(norms(row, other)) for other in truth]) for row in fit]
    total = sum(abs(sum(np.exp(row[0]) for row, c in zip(fit, cells) if c == j) - np.exp(other[0]))
                for j, other in enumerate(truth))
    for row, j in zip(fit, cells):
        r = exponent(cells.count(j)) if powers else 1
        size = norms(row, truth[j])
        if r == 1:
            total += np.exp(row[0]) * sum(size)
        else:
            total += np.exp(row[0]) * (size[0]**r + size[1]**r + size[2] ** (r / 2) + size[3] ** (r / 2))
    return total


def density(atoms, x, y):
    score = atoms[:, 0] + atoms[:, 1] * x
    weight = np.exp(score - score.max())
    weight /= weight.sum()
    mean = atoms[:, 2] + atoms[:, 3] * x
    return sum(w * np.exp(-(y - m) ** 2 / (2 * v)) / np.sqrt(2 * np.pi * v)
               for w, m, v in zip(weight, mean, atoms[:, 4]))


def hellinger(truth, fit):
    x, w = np.polynomial.legendre.leggauss(64)
    y = np.linspace(-60, 60, 24001)
    roots = [np.sqrt(density(fit, point, y)) - np.sqrt(density(truth, point, y)) for point in x]
    squares = np.sum(np.square(roots), axis=1) * (y[1] - y[0]) / 2
    return np.sqrt(np.sum(squares * w) / 2)


def case(draw, d, k_true, k, radius, same_experts):
    truth = draw.normal(size=(k_true, 3 + 2 * d))
    truth[:, 1 + d:-1] *= 2
    truth[:, -1] = draw.uniform(0.3, 1.5, k_true)
    parents = np.concatenate([draw.permutation(k_true), draw.integers(0, k_true, 4)])[:k]
    fit = truth[parents] + radius * draw.normal(size=(k, 3 + 2 * d))
    if same_experts:
        fit[:, 1 + d:-1] = truth[parents][:, 1 + d:-1]
        fit[:, -1] = truth[parents][:, -1]
    for j in range(k_true):
        fit[parents == j, 0] -= np.log(max(1, np.sum(parents == j)))
    fit[:, -1] = np.maximum(np.abs(fit[:, -1]), 0.1)
    fit[:, :1 + d] += draw.normal(size=1 + d)
    return truth, draw.permutation(fit)


def main():
    print(f"# Made by src/test/python/losses_reference.py with numpy {np.__version__}, scipy {scipy.__version__}.")
    print("# d, k*, k; true atoms; fitted atoms (bias, weight, intercept, slope, variance);"
          " D1 D2 D1-unprofiled D2-unprofiled hellinger")
    draw = np.random.default_rng(230503288)
    for d in (1, 2, 3):
        for k_true in (2, 3):
            for k in (2, 3, 4):
                for radius, same_experts in ((0.02, False), (0.4, False), (0.3, k % 2 == 1)):
                    truth, fit = case(draw, d, k_true, k, radius, same_experts)
                    values = [profiled(truth, fit, d, False), profiled(truth, fit, d, True),
                              unprofiled(truth, fit, d, False), unprofiled(truth, fit, d, True),
                              hellinger(truth, fit) if d == 1 else np.nan]
                    numbers = list(truth.ravel()) + list(fit.ravel()) + values
                    print(d, k_true, k, " ".join(repr(float(value)) for value in numbers))


main()
