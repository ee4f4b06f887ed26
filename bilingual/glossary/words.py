"""A second opinion on forms that are marked ambiguous: does a Chinese form stand there, or only its characters?

jieba cuts the text into words. It takes most of a second to start, so it is asked about such forms only, and never by
the checks of a hook.
"""

from __future__ import annotations

import logging
import warnings
from functools import lru_cache
from typing import Any


@lru_cache(maxsize=1)
def _jieba() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba's source has escapes that Python warns of
        import jieba
    jieba.setLogLevel(logging.WARNING)
    return jieba


def cuts_word(text: str, start: int, end: int) -> bool:
    """Whether a stretch of a Chinese text begins or ends within a word."""
    borders = {0}
    for _, _, stop in _jieba().tokenize(text):
        borders.add(stop)
    return start not in borders or end not in borders
