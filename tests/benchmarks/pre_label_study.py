"""How much work the suggested labels save: edits from them to the gold, against edits from nothing.

Each of the 25 different articles is labelled as if neither it nor its repeats had labels. An edit adds, deletes or
corrects a mention with its entity; adds or deletes a content, a cue or a speaker, or moves an end of it; chooses a
relation, or marks a passage in one of the two texts. Rules and their numbers were chosen on this gold.

    python tests/benchmarks/pre_label_study.py
"""

from collections import Counter
from pathlib import Path

from goldwire.corpus.tree import read_tree
from goldwire.studio.candidates import candidates
from goldwire.studio.pre_labels import pre_labels
from goldwire.text.clusters import closure

ROOT = Path(__file__).parents[2]
PARTS = ("content", "cue", "speaker")


def mentions(counts, gold, found, alike):
    """Count the edits of mentions; one that is missing costs nothing if an `alike` one of its article was added."""
    wanted, given = {(m.start, m.end): m for m in gold}, {(m.start, m.end): m for m in found}
    right = {place for place in wanted if place in given and _name(wanted[place]) == _name(given[place])}
    added = [wanted[place] for place in wanted.keys() - given.keys()]
    counts["from nothing"] += len({(m.text, m.entity) for m in gold}) if alike else len(gold)
    counts["edits"] += len({(m.text, m.entity) for m in added}) if alike else len(added)
    counts["edits"] += len(wanted.keys() & given.keys() - right) + len(given.keys() - wanted.keys())
    kept = [place for place in right if wanted[place].stands_for != given[place].stands_for]
    counts["stands_for"] += len(kept)


def _name(mention):
    return mention.type, mention.entity


def regions(quotes):
    """The regions that the editor shows of quotes."""
    found = {("content", span.start, span.end) for quote in quotes for span in quote.content}
    for quote in quotes:
        found |= {(part, s.start, s.end) for part in PARTS[1:] if (s := getattr(quote, part))}
    return found


def spans(pair):
    """The marked passages of a pair, in each of its texts."""
    if pair is None:
        return set()
    return {(side, (s := getattr(one, side)).start, s.end) for one in pair.passages for side in "ab"}


def changes(wanted, given):
    """The edits between two sets of spans: what is moved counts once."""
    return max(len(wanted - given), len(given - wanted))


def main():
    tree, _ = read_tree(ROOT, {"gold"})
    gold, totals = tree.gold, {}
    first = closure(tree.corpus.texts, gold.duplicates)
    earlier = candidates(tree, gold)
    blind = gold.__class__("annotations/blind", None)
    documents = {name: earlier.get(name, []) for name in sorted(set(first.values()))}
    found = pre_labels(tree, blind, documents)
    names = ("mentions", "mentions, those alike added at once", "regions of quotes")
    counts = {name: Counter() for name in names}
    for name in documents:
        for key, alike in zip(names[:2], (False, True), strict=True):
            mentions(counts[key], gold.entities[name], found.entities[name], alike)
        wanted, given = regions(gold.quotes[name]), regions(found.quotes[name])
        counts[names[2]]["from nothing"] += len(wanted)
        counts[names[2]]["edits"] += len(wanted ^ given)
    counts["pairs and passages, all 32 articles"] = totals = Counter()
    every = pre_labels(tree, blind, earlier)
    judged, made = {p.id: p for p in gold.duplicates}, {p.id: p for p in every.duplicates}
    for name, others in earlier.items():
        for other in others:
            key = f"{other['document']}_{name}"
            want, give = judged.get(key), made.get(key)
            totals["from nothing"] += 1 + len(spans(want))
            totals["edits"] += (want and want.relation) != (give and give.relation)
            totals["edits"] += changes(spans(want), spans(give))
    for name, count in counts.items():
        print(f"{name}: {count['edits']} edits instead of {count['from nothing']}", end=" ")
        print(f"({count['edits'] / count['from nothing']:.1%})", end="")
        print(f", {count['stands_for']} choices of stands_for" if count["stands_for"] else "")


if __name__ == "__main__":
    main()
