"""One EM pass of a softmax gate with linear experts in numpy: log likelihood, responsibilities, weighted normal equations, gate
gradient and gate Fisher information, the sums that the Java pass COMPLETE makes.

usage: em_numpy.py k:d ...      prints lines "name k d best median", nanoseconds of processor time a row and pass

"numpy" is written with care: float64, one array a column, work arrays allocated once and reused, products as matrix products of BLAS,
one thread. "numpy-rows" is the usual way: one array of rows times experts, new arrays as they come. The two agree to rounding; the program
checks it.
"""
import os

for variable in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ[variable] = "1"

import sys
import time

import numpy as np

ROWS = 100_000
REPETITIONS = 15


class Pass:
    def __init__(self, k, d, rng):
        n = ROWS
        self.k, self.d = k, d
        self.design = np.empty((1 + d, n))
        self.design[0] = 1
        self.design[1:] = rng.uniform(-3, 3, (d, n))
        self.gate = rng.normal(size=(k, 1 + d))
        self.expert = 2 * rng.normal(size=(k, 1 + d))
        self.variance = np.full(k, 1.0)
        score = self.gate @ self.design
        choice = np.argmax(score + rng.gumbel(size=score.shape), axis=0)
        self.y = (self.expert @ self.design)[choice, np.arange(n)] + rng.normal(size=n)
        self.score = np.empty((k, n))
        self.joint = np.empty((k, n))
        self.residual = np.empty((k, n))
        self.row = np.empty(n)
        self.maximum = np.empty(n)
        self.sum = np.empty(n)
        self.weighted = np.empty((1 + d, n))

    def softmax(self, scores):
        """Turns scores into weights in place; returns the sum over rows of the log of their normaliser."""
        np.max(scores, axis=0, out=self.maximum)
        np.subtract(scores, self.maximum, out=scores)
        np.exp(scores, out=scores)
        np.sum(scores, axis=0, out=self.sum)
        np.log(self.sum, out=self.row)
        normaliser = self.row.sum() + self.maximum.sum()
        np.divide(1, self.sum, out=self.sum)
        np.multiply(scores, self.sum, out=scores)
        return normaliser

    def run(self):
        k = self.k
        z = self.design
        np.matmul(self.gate, z, out=self.score)
        np.matmul(self.expert, z, out=self.residual)
        np.subtract(self.y, self.residual, out=self.residual)
        np.multiply(self.residual, self.residual, out=self.joint)
        self.joint *= (-0.5 / self.variance)[:, None]
        self.joint += self.score
        self.joint -= (0.5 * np.log(self.variance))[:, None]
        value = -self.softmax(self.score) + self.softmax(self.joint) - 0.5 * ROWS * np.log(2 * np.pi)
        tau, pi = self.joint, self.score
        normal = []
        squares = np.empty(k)
        for i in range(k):
            np.multiply(z, tau[i], out=self.weighted)
            normal.append(self.weighted @ z.T)
            squares[i] = np.einsum("n,n,n->", tau[i], self.residual[i], self.residual[i])
        fisher = []
        for i in range(k):
            for l in range(i, k):
                np.multiply(pi[i], pi[l], out=self.row)
                if i == l:
                    np.subtract(pi[i], self.row, out=self.row)
                np.multiply(z, self.row, out=self.weighted)
                fisher.append(self.weighted @ z.T)
        np.multiply(self.residual, tau, out=self.residual)
        right = self.residual @ z.T
        np.subtract(tau, pi, out=pi)
        gradient = pi @ z.T
        return value, normal, squares, fisher, right, gradient


    def run_by_rows(self):
        z = self.design.T
        score = z @ self.gate.T
        residual = self.y[:, None] - z @ self.expert.T
        joint = score - 0.5 * np.log(self.variance) - residual**2 / (2 * self.variance)
        pi, normaliser = softmax_rows(score)
        tau, joint_normaliser = softmax_rows(joint)
        value = np.sum(joint_normaliser - normaliser) - 0.5 * ROWS * np.log(2 * np.pi)
        normal = [(z * tau[:, [i]]).T @ z for i in range(self.k)]
        squares = np.sum(tau * residual**2, axis=0)
        fisher = []
        for i in range(self.k):
            for l in range(i, self.k):
                weight = pi[:, i] * ((i == l) - pi[:, l]) if i == l else pi[:, i] * pi[:, l]
                fisher.append((z * weight[:, None]).T @ z)
        right = (tau * residual).T @ z
        gradient = (tau - pi).T @ z
        return value, normal, squares, fisher, right, gradient


def softmax_rows(scores):
    maximum = np.max(scores, axis=1, keepdims=True)
    weights = np.exp(scores - maximum)
    total = np.sum(weights, axis=1, keepdims=True)
    return weights / total, np.log(total) + maximum


def times(run):
    for _ in range(3):
        run()
    measured = []
    for _ in range(REPETITIONS):
        start = time.thread_time_ns()
        run()
        measured.append((time.thread_time_ns() - start) / ROWS)
    return sorted(measured)


def main():
    for argument in sys.argv[1:]:
        k, d = map(int, argument.split(":"))
        em = Pass(k, d, np.random.default_rng(1))
        for careful, usual in zip(em.run(), em.run_by_rows()):
            np.testing.assert_allclose(careful, usual, rtol=1e-9, atol=1e-7)
        for name, run in (("numpy", em.run), ("numpy-rows", em.run_by_rows)):
            measured = times(run)
            print(f"{name} {k} {d} {measured[0]:.1f} {measured[len(measured) // 2]:.1f}", flush=True)


if __name__ == "__main__":
    main()
