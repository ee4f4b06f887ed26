"""All that is measured, one after the other: `python -m benchmarks`, or `python -m benchmarks parse start`."""

from __future__ import annotations

import importlib
import pkgutil
import subprocess
import sys

import benchmarks

_NO_MEASURE = {"__main__", "argos", "pages", "gale_church"}


def names() -> list[str]:
    """The modules of this package that measure something."""
    return [module.name for module in pkgutil.iter_modules(benchmarks.__path__) if module.name not in _NO_MEASURE]


def main(chosen: list[str]) -> None:
    """Run each in a process of its own, so that none sees what another has loaded."""
    for name in chosen or names():
        if name not in names() or not hasattr(importlib.import_module(f"benchmarks.{name}"), "main"):
            raise SystemExit(f"{name}: it is one of {', '.join(names())}")
        subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
