"""Pages that live in English and Chinese: align, compare, translate offline, keep a glossary.

The public names are loaded when first used, so that importing the package costs nothing.
"""

from __future__ import annotations

import importlib
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "BilingualError": "errors",
    "Block": "model",
    "Finding": "model",
    "Glossary": "glossary",
    "Page": "model",
    "Unit": "model",
    "check": "checks",
    "parse": "markdown",
}

__all__ = sorted([*_HOMES, "__version__"])


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
