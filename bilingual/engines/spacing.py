"""The space between Chinese and a Latin word, as a model that was trained with it wants it.

SentencePiece gives a word after a space other pieces than one after Chinese: "Python" in 用Python写 is not the piece
that it is in English. A model copies a name or a term far more surely when its pieces are the same on both sides.
"""

from __future__ import annotations

import re

from bilingual.text import HAN, LATIN

_CHINESE = f"{HAN}，。；：！？、"
_BEFORE = re.compile(rf"(?<=[{_CHINESE}])(?=[{LATIN}])")
_BEHIND = re.compile(rf"(?<=[{LATIN}])(?=[{HAN}])")
_CLOSED = re.compile(rf"(?<=[{_CHINESE}]) +(?=[{LATIN}\d])|(?<=[{LATIN}\d%+]) +(?=[{HAN}])")


def together(text: str) -> str:
    """Chinese without spaces between it and Latin words or numbers, as the pipeline has it."""
    return _CLOSED.sub("", text)


def apart(text: str) -> str:
    """Chinese with one space on either side of a Latin word, and none beside a number: digits are pieces of their own
    anyway."""
    return _BEHIND.sub(" ", _BEFORE.sub(" ", together(text)))
