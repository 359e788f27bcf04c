"""Passes in Java and in numpy in one run, alternating, on one core: nanoseconds of processor time a row, and ratios.

usage: compare.py [k:d ...]     from the project's root, after mvn -B -q -Pjmh test-compile

Best of three rounds each. Without numpy only Java is measured.
"""
import importlib.util
import subprocess
import sys
from pathlib import Path

ROUNDS = 3
DEFAULT = ["2:1", "3:1", "4:1", "4:8"]
HERE = Path(__file__).parent


def measure(command, best):
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    for line in out.splitlines():
        name, k, d, lowest = line.split()[:4]
        key = (name, int(k), int(d))
        best[key] = min(best.get(key, float("inf")), float(lowest))


def main():
    sizes = sys.argv[1:] or DEFAULT
    classpath = "target/classes:target/test-classes:" + Path("target/benchmark-classpath.txt").read_text()
    best = {}
    for _ in range(ROUNDS):
        measure(["java", "-XX:ObjectAlignmentInBytes=64", "-cp", classpath, "dev.ratelab.fit.objective.PassTimes", *sizes], best)
        if importlib.util.find_spec("numpy"):
            measure([sys.executable, str(HERE / "em_numpy.py"), *sizes], best)
    print("k d value complete observed numpy numpy-rows numpy/complete numpy-rows/complete observed/complete")
    for size in sizes:
        k, d = map(int, size.split(":"))
        value, complete, observed = (best[order, k, d] for order in ("VALUE", "COMPLETE", "OBSERVED"))
        careful, usual = (best.get((name, k, d), float("nan")) for name in ("numpy", "numpy-rows"))
        times = [value, complete, observed, careful, usual, careful / complete, usual / complete, observed / complete]
        print(k, d, *(f"{number:.1f}" for number in times))


if __name__ == "__main__":
    main()
