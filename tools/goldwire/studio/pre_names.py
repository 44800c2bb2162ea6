"""Names to start from: what was marked in other documents, and what it named most often."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping

from goldwire.checks.surface_forms import SurfaceForms
from goldwire.corpus.tree import Tree
from goldwire.model.records import Entity, Mention
from goldwire.model.vocabulary import EntityType

Name = tuple[EntityType, str, str | None]
"""What a form names: its type, its entity, and the one that it stands for."""
PLACED = frozenset("in at from to near across outside inside within into around throughout".split())
"""The words after which the name of a place is literal."""
AFTER = re.compile(
    r"(?: [A-Z][a-z]+){0,3} "
    r"(?:(?P<ORG>Party|Ministry|Council|Church|Corporation|Forum|Organi[sz]ation)|(?P<EVENT>War|Summit)|Region|Republic|Island)s?\b"
)
"""How a longer name goes on and ends; the group is its type, if it is another than that of the name it begins with."""
GIVEN = re.compile(r"(?: [A-Z][a-z]+(?![’']))+")
"""What goes on with the name of a person, which is no other's title or possessor."""
BEFORE = re.compile(r"(?:North|South|East|West|Northern|Southern|Eastern|Western|Central|New) $")
SPOKEN = re.compile(r"(?<=\b[Ii]n )\w+(?=[,.;:]| the\b)|\w+(?=[ -](?:language|speak))")
"""The name of a language that is also one of a people."""
SELDOM = 0.5
"""A form that is marked in a smaller share of its occurrences is no name by itself."""


class KnownNames:
    """The names of some labelled documents, and what each names most often; with `aliases`, all of the registry."""

    def __init__(self, tree: Tree, documents: Collection[str], aliases: bool = False) -> None:
        labels = tree.gold
        self.uses: dict[str, dict[bool, Counter[Name]]] = defaultdict(lambda: {True: Counter(), False: Counter()})
        for document in documents:
            text = tree.corpus.texts[document]
            for mention in labels.entities.get(document, ()) if labels else ():
                name = mention.type, mention.entity or "", mention.stands_for
                self.uses[mention.text][_is_placed(text, mention.start)][name] += 1
        used = {name[1] for found in self.uses.values() for counts in found.values() for name in counts}
        for entity in tree.registry:
            forms = set(entity.aliases) if aliases else set()
            for form in forms | (_full_and_last(entity) if aliases or entity.id in used else set()):
                if form not in self.uses:
                    self.uses[form][False][entity.type, entity.id, None] = 0
        marked = SurfaceForms(self.uses)
        seen = Counter(form for name in documents for _, form in marked.occurrences(tree.corpus.texts[name]))
        rare = {form for form, found in self.uses.items() if _total(found) < SELDOM * seen[form]}
        self.found = SurfaceForms(form for form in self.uses if form not in rare)

    def mentions(self, text: str) -> list[Mention]:
        """The known names in a text; one that goes on with other capitalised words is a name without entity."""
        found: list[Mention] = []
        for mention in self._occurrences(text):
            longer = _longer(text, mention)
            if found and found[-1].start >= longer.start:
                found.pop()  # “Western” of “Western European”
            is_body = longer.type == "ORG" and not longer.text.isupper()  # an acronym is a name by itself
            if found and is_body and found[-1].type == "NORP" and found[-1].end + 1 == longer.start:
                # a nationality directly before a body belongs to its name
                longer = _unknown(text, found.pop().start, longer.end, "ORG")
            if not found or found[-1].end <= longer.start:
                found.append(longer)
        return found

    def _occurrences(self, text: str) -> Iterator[Mention]:
        for start, form in self.found.occurrences(text):
            here = self.uses[form]
            every, end = here[True] | here[False] or here[False], start + len(form)
            counts = here[_is_placed(text, start)] or every
            spoken = [name for name in every if name[0] == "LANGUAGE"] if SPOKEN.match(text, start) else []
            kind, entity, stands_for = max(spoken or counts, key=lambda name: (counts[name], name[:2]))
            yield Mention(start=start, end=end, text=form, type=kind, entity=entity or None, stands_for=stands_for)


def _full_and_last(entity: Entity) -> set[str]:
    """The name of an entity without its article, and the last word of a person's."""
    return {entity.name.removeprefix("The ")} | ({entity.name.split()[-1]} if entity.type == "PERSON" else set())


def _longer(text: str, mention: Mention) -> Mention:
    """A name with the capitalised words around it that belong to it."""
    after = AFTER.match(text, mention.end) or (GIVEN.match(text, mention.end) if mention.type == "PERSON" else None)
    before = BEFORE.search(text[max(0, mention.start - 30) : mention.start])
    if not before and not after:
        return mention
    kind = after.lastgroup if after and after.lastgroup else mention.type
    start = mention.start - len(before[0]) if before else mention.start
    return _unknown(text, start, after.end() if after else mention.end, kind)


def _unknown(text: str, start: int, end: int, kind: EntityType) -> Mention:
    return Mention(start=start, end=end, text=text[start:end], type=kind, entity=None, stands_for=None)


def _is_placed(text: str, start: int) -> bool:
    words = text[max(0, start - 20) : start].split()
    return bool(words) and words[-1].casefold() in PLACED


def _total(found: Mapping[bool, Counter[Name]]) -> int:
    return found[True].total() + found[False].total()
