"""Writes src/test/resources/reference/random.txt: values of Philox4x64-10, of stream keys and of normal quantiles.

Philox: numpy.random.Philox, which increments its counter before it generates, so counter c is asked for as c - 1
(modulo 2^256). The first three rows are the known-answer vectors of the Random123 distribution (file kat_vectors).
Streams: key words from hashlib. Normal quantiles: mpmath with 40 digits.

    python3 src/test/python/random_reference.py > src/test/resources/reference/random.txt
"""

import hashlib
import random

import mpmath
import numpy

ONES = 2**64 - 1
KNOWN = [
    ([0] * 4, [0] * 2, "16554d9eca36314c db20fe9d672d0fdc d7e772cee186176b 7e68b68aec7ba23b"),
    ([ONES] * 4, [ONES] * 2, "87b092c3013fe90b 438c3c67be8d0224 9cc7d7c69cd777b6 a09caebf594f0ba0"),
    ([0x243F6A8885A308D3, 0x13198A2E03707344, 0xA4093822299F31D0, 0x082EFA98EC4E6C89],
     [0x452821E638D01377, 0xBE5466CF34E90C6C],
     "a528f45403e61d95 38c72dbd566e9788 a5a1610e72fd18b5 57bd43b5e52b7fe6"),
]


def hexadecimal(words):
    return " ".join(f"{int(word):016x}" for word in words)


def philox(counter, key):
    before = (sum(word << (64 * i) for i, word in enumerate(counter)) - 1) % 2**256
    generator = numpy.random.Philox(counter=before, key=key[0] | key[1] << 64)
    return generator.random_raw(4)


def main():
    print(f"# Made by src/test/python/random_reference.py with numpy {numpy.__version__}, mpmath {mpmath.__version__}.")
    print("# philox: four counter words, two key words, four words of the block (lowest first)")
    for counter, key, expected in KNOWN:
        assert hexadecimal(philox(counter, key)) == expected, (counter, key)
        print("philox", hexadecimal(counter), hexadecimal(key), expected)
    draw = random.Random(20230517)
    for _ in range(20):
        counter = [draw.getrandbits(64) for _ in range(4)]
        key = [draw.getrandbits(64) for _ in range(2)]
        print("philox", hexadecimal(counter), hexadecimal(key), hexadecimal(philox(counter, key)))
    print("# stream: key text, purpose, row, variate, bits")
    places = [("a", "noise", 0, 0), ("a", "noise", 7, 3), ("schlüssel", "input", 123456789012, 1)]
    for text, purpose, row, variate in places:
        digest = hashlib.sha256(purpose.encode() + b"\0" + text.encode()).digest()
        key = [int.from_bytes(digest[:8], "big"), int.from_bytes(digest[8:16], "big")]
        print("stream", text, purpose, row, variate, hexadecimal([philox([row // 4, variate, 0, 0], key)[row % 4]]))
    print("# normal: probability (exact double), quantile")
    mpmath.mp.dps = 40
    points = [2.0**-53, 1e-15, 1e-12, 1e-11, 1.5e-11, 1e-8, 1e-4, 0.01, 0.074, 0.0750001, 0.2, 0.4, 0.499999, 0.5,
              0.6, 0.93, 0.999, 1 - 1e-9, 1 - 2.0**-53] + [draw.random() for _ in range(30)]
    for p in points:
        exact = mpmath.mpf(p)
        guess = mpmath.sqrt(2) * mpmath.erfinv(2 * exact - 1)
        print("normal", repr(p), mpmath.nstr(guess, 20))


main()
