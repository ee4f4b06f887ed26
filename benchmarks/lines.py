"""`bilingual lines` against CTranslate2 alone: 2,000 segments, whole processes, the same model and decoding.

The other side is the least that can be written: read, tokenize, one sorted batch, print. Ours checks and mends besides;
with `--no-fallback` it does not.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time

from benchmarks.pages import english

_SEGMENTS = 2_000
_RUNS = 2
_RAW = """
import os, sys
import ctranslate2, sentencepiece
from bilingual.engines.ctranslate import BATCH_TOKENS, embedded
package = embedded()._packages["zh"]
lines = sys.stdin.read().splitlines()
pieces = sentencepiece.SentencePieceProcessor(model_file=str(package.tokenizer))
translator = ctranslate2.Translator(str(package.model), intra_threads=min(4, os.cpu_count() or 1))
tokens = pieces.encode(lines, out_type=str)
order = sorted(range(len(tokens)), key=lambda i: -len(tokens[i]))
prefix = [[package.prefixes["zh"]]] * len(tokens)
found = translator.translate_batch([tokens[i] for i in order], target_prefix=prefix, max_batch_size=BATCH_TOKENS,
                                   batch_type="tokens", **package.decoding)
done = [""] * len(lines)
for i, result in zip(order, found):
    done[i] = pieces.decode_pieces(result.hypotheses[0][1:])
print("\\n".join(done))
"""


def segments(count: int) -> str:
    """So many different English sentences, one a line."""
    rng = random.Random(1)
    return "".join(
        english(rng).replace("[the report](https://example.org/report) *with care*", "") + "\n" for _ in range(count)
    )


def seconds(text: str, *command: str) -> float:
    """Wall time of one whole process that gets a text; its cache is its own and empty."""
    with tempfile.TemporaryDirectory() as cache:
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, *command], input=text.encode(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env={**os.environ, "BILINGUAL_CACHE": cache}, check=False,
        )  # fmt: skip
        taken = time.perf_counter() - start
    if done.returncode > 1 or done.stdout.count(b"\n") < text.count("\n") - 1:
        raise SystemExit(f"{' '.join(command)[:60]}: exit status {done.returncode}")
    return taken


def main() -> None:
    """Print the ratios of the fastest runs, taken turn about."""
    text = segments(_SEGMENTS)
    ours = ("-m", "bilingual", "lines", "--to", "zh")
    runs = [
        (seconds(text, *ours), seconds(text, *ours, "--no-fallback"), seconds(text, "-c", _RAW)) for _ in range(_RUNS)
    ]
    checked, plain, raw = (min(run[side] for run in runs) for side in range(3))
    print(f"lines: {raw / plain:.2f} of raw CTranslate2 without fallbacks   [at least 0.9]")
    print(f"lines: {raw / checked:.2f} of it checked and mended ({_SEGMENTS / checked:.0f} segments a second)")


if __name__ == "__main__":
    main()
