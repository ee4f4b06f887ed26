"""What all tests share: no test reads or writes the user's own cache."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BILINGUAL_CACHE", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def shared() -> Path:
    """The evaluation sets and the user's own page, where they lie beside the repository."""
    if not (SHARED / "evalsets").is_dir():
        pytest.skip("the evaluation sets are not beside this repository")
    return SHARED
