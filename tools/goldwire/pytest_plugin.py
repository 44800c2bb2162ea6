"""pytest fixtures of the gold corpus: `gold_corpus`, `gold_documents` and a parametrised `gold_document`."""

from typing import Any

import pytest


@pytest.fixture(scope="session")
def gold_corpus() -> Any:
    """The gold corpus that goldwire ships, loaded once (`goldwire.gold.Gold`)."""
    from goldwire.gold import load

    return load()


@pytest.fixture(scope="session")
def gold_documents(gold_corpus: Any) -> Any:
    """The documents with gold entities, repeats once, in order (`list[GoldDocument]`)."""
    from goldwire.signature import Settings

    return [gold_corpus.documents[name] for cluster in gold_corpus.select(Settings()) for name in cluster]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for `gold_document` once for every document, named after its id."""
    if "gold_document" in metafunc.fixturenames:
        from goldwire.gold import load
        from goldwire.signature import Settings

        gold = load()
        names = [name for cluster in gold.select(Settings()) for name in cluster]
        metafunc.parametrize("gold_document", [gold.documents[name] for name in names], ids=names)
