"""The words of invented sites: lists and templates of `invented_words.txt`, filled for one story at a time."""

import re
from functools import cache
from pathlib import Path

WORDS = Path(__file__).with_name("invented_words.txt")
SLOT = re.compile(r"\{([!^]?)([^{}]+)\}")
RANGE = re.compile(r"(\d+)-(\d+)")
SMALL = frozenset("a an the of to in for and by at on".split())
LANGUAGES = ("de", "fr", "es", "pt", "hi")


@cache
def lists():
    """The templates of each list."""
    found = {}
    for part in WORDS.read_text(encoding="utf-8").split("\n[")[1:]:
        name, _, entries = part.partition("]\n")
        found[name] = [" ".join(entry.split()) for entry in entries.split("|") if entry.strip()]
    return found


def capital(text):
    """The text with a capital at its start."""
    return text[:1].upper() + text[1:]


def title_case(text):
    """The text as American headlines are set."""
    words = text.split()
    return " ".join(word if word in SMALL and i else capital(word) for i, word in enumerate(words))


class Story:
    """One invented story: a topic, a place and a person that its texts share."""

    def __init__(self, random, language="en", terse=False):
        self.random, self.language, self.terse = random, language, terse
        noun, verb, short, nouns = (part.strip() for part in self.pick("topic").split(";"))
        self.fields = {"n": noun, "v": verb, "k": short, "place": self.pick("place"), "org": self.pick("org")}
        self.nouns = nouns.split()
        self.fields["who"] = self.fill("{first} {last}")
        self.fields["last"] = self.fields["who"].split()[1]

    def pick(self, name):
        """One entry of a list, as written."""
        return self.random.choice(lists()[name])

    def text(self, name):
        """One entry of a list in the story's language, if there is one in it, filled."""
        return self.fill(self.pick(f"{name} {self.language}" if f"{name} {self.language}" in lists() else name))

    def fill(self, template):
        """A template with its slots filled; x and y are two nouns of the story."""
        chosen = dict(zip("xy", self.random.sample(self.nouns, 2), strict=True)) if hasattr(self, "nouns") else {}

        def slot(match):
            mark, name = match.groups()
            if spread := RANGE.fullmatch(name):
                text = str(self.random.randint(int(spread[1]), int(spread[2])))
            elif name == "title":
                text = Story(self.random, self.language).text("headline")
            else:
                text = chosen.get(name) or self.fields.get(name) if hasattr(self, "fields") else None
                text = text if text is not None else self.fill(self.pick(name))
            return text.upper() if mark == "!" else capital(text) if mark == "^" else text

        return SLOT.sub(slot, template)

    def paragraph(self, is_first=False):
        """A paragraph of one to three sentences, or now and then a short one."""
        if not is_first and self.random.random() < (0.35 if self.terse else 0.18):
            name = "short sentence" if self.language == "en" else f"sentence {self.language}"
            text = self.fill(self.pick(name))
            return text if text[-1] in ".!?…:”।" else self._ended(text)
        count = 1 if self.terse else self.random.choice([1, 1, 2, 2, 2, 3])
        sentences = self.random.sample(lists()[f"sentence {self.language}"], count)
        return " ".join(self._ended(self.fill(capital(each))) for each in sentences)

    def _ended(self, text):
        return text + ("।" if self.language == "hi" else ".")

    def time(self, kind="full date"):
        """A date or a time as sites print it."""
        return self.fill(self.pick(kind if self.language == "en" or kind == "clock" else f"date {self.language}"))
