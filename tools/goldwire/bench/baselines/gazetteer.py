"""The gazetteer: the names in a corpus's own gold, found in a text by their letters alone."""

import re
from collections import Counter, defaultdict

from goldwire.corpus.gold import Gold, load


class Gazetteer:
    """Finds the surface forms that gold labels in other articles, the longest first, each with its commonest type.

    The forms of a text's own article are left out, and those of its repeats; otherwise the score would measure memory.
    """

    def __init__(self, gold: Gold | None = None) -> None:
        gold = gold or load()
        self.types: dict[str, Counter[str]] = defaultdict(Counter)
        self.own: dict[str, Counter[tuple[str, str]]] = {}
        for cluster in gold.clusters:
            documents = [gold.documents[name] for name in cluster]
            forms = Counter((m.text, m.type) for document in documents for m in document.mentions or ())
            self.own |= {document.text: forms for document in documents}
            for (form, kind), number in forms.items():
                self.types[form][kind] += number

    def __call__(self, text: str) -> list[tuple[int, int, str]]:
        own = self.own.get(text, Counter())
        known: dict[str, str] = {}
        for form, kinds in self.types.items():
            if others := +Counter({kind: n - own[form, kind] for kind, n in kinds.items()}):
                known[form] = min(others, key=lambda kind: (-others[kind], kind))
        if not known:
            return []
        longest_first = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
        found = re.finditer(rf"(?<!\w)(?:{longest_first})(?!\w)", text)
        return [(match.start(), match.end(), known[match[0]]) for match in found]
