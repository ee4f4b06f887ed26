"""`glossary-lint`: the glossary itself has an entry that contradicts, hides or can never be found.

What `bilingual glossary lint` says; a check by a wrong glossary proves little.
"""

from __future__ import annotations

from collections.abc import Iterator

from bilingual.checks.rule import Check as Base
from bilingual.checks.rule import Hit
from bilingual.glossary.lint import lint


class Check(Base):
    """Finds what is wrong with the glossary."""

    def finish(self) -> Iterator[Hit]:
        for finding in lint(self.glossary.concepts, self.glossary.path, self.glossary.problems):
            yield Hit(finding, ((finding.path, finding.start_line, finding.end_line),))
