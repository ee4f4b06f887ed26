"""Memory: the peak of one whole `bilingual translate` of a portfolio page."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

PAGE = Path(__file__).resolve().parents[1] / "content" / "_portfolio" / "liaison-department.md"


def main() -> None:
    """Print the peak resident memory of a child process in megabytes."""
    try:
        import resource
    except ImportError:
        print("memory: not measured, this system does not tell")
        return
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "bilingual", "translate", str(PAGE), "--out", folder]
        environment = {**os.environ, "BILINGUAL_CACHE": folder}
        done = subprocess.run(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
        )
    if done.returncode > 1:
        raise SystemExit(f"{' '.join(command)}: exit status {done.returncode}")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / (1 if sys.platform == "darwin" else 1 / 1024)
    print(f"memory: {peak / 2**20:.0f} MB at the peak of translating {PAGE.name}   [at most 400]")


if __name__ == "__main__":
    main()
