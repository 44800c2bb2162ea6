"""Desks of annotators: small corpora, each with a project of its own on the session's server."""

from itertools import count

import pytest

from small import small_corpus

NUMBERS = count(1)


@pytest.fixture
def make_desk(tmp_path, studio, client, capsys, monkeypatch):
    from desk import A, B, C, Desk

    def make(documents=(A, B, C), **how):
        name = f"sync-{next(NUMBERS)}"
        monkeypatch.setenv("LABEL_STUDIO_API_KEY", studio.credentials["token"])
        return Desk(small_corpus(tmp_path / name, name, documents, **how), name, studio, client, capsys)

    return make


@pytest.fixture
def desk(make_desk):
    made = make_desk()
    made("push")
    return made
