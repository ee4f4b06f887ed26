"""Starting: `bilingual --help` against a Python that imports click and nothing else."""

from __future__ import annotations

import subprocess
import sys
import time

_RUNS = 15


def seconds(*command: str) -> float:
    """Wall time of one whole process, its output thrown away."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *command], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    """Print the ratio of the fastest runs, taken turn about."""
    runs = [(seconds("-m", "bilingual", "--help"), seconds("-c", "import click")) for _ in range(_RUNS)]
    ours, click = min(run[0] for run in runs), min(run[1] for run in runs)
    print(f"start: {ours / click:.2f} x `import click` ({1000 * ours:.0f}, {1000 * click:.0f} ms)   [at most 2]")


if __name__ == "__main__":
    main()
