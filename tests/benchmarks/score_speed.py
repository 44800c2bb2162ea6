"""Scoring beside nervaluate and seqeval, on the same data in one run; ratios of processor time, the best of some runs.

    python tests/benchmarks/score_speed.py [DOCUMENTS [RUNS]]

`goldwire.score(labels, gold)` is what a user calls: it reads labels, counts, and makes the interval. It is timed on 1,000
derived documents, of which a system misses a tenth and calls a tenth by another type. The counting alone is timed on
2,000 documents of 45 flat, sorted mentions, of which a system misses a tenth, calls a tenth by a random type and shifts
a tenth by one place. On such input nervaluate is sound for strict, exact and partial, and the counts must be equal.
"""

import random
import subprocess
import sys
from tempfile import TemporaryDirectory
from time import process_time

from measuring import keep
from nervaluate import Evaluator
from seqeval.metrics.v1 import precision_recall_fscore_support
from seqeval.scheme import IOB2

import goldwire
from goldwire.scoring.entities import EntityCounts, score_entities
from goldwire.scoring.labels import PlainMention
from goldwire.scoring.quotes import score_quotes
from goldwire.scoring.settings import TASKS, Settings

TYPES = ["GPE", "LOC", "NORP", "ORG", "PERSON"]
MENTIONS = 45
NAMES = {"strict": "strict", "exact": "exact", "partial": "partial"}


def documents(number):
    """Gold and a system's mentions of each document."""
    draw = random.Random(3)
    for _ in range(number):
        place, gold, system = 0, [], []
        for _ in range(MENTIONS):
            place += draw.randint(1, 12)
            mention = PlainMention(place, place + draw.randint(1, 4), draw.choice(TYPES))
            place, fate = mention.end, draw.random()
            gold.append(mention)
            if fate >= 0.1:
                if fate < 0.2:
                    mention = mention._replace(type=draw.choice(TYPES))
                elif fate < 0.3 and mention.end - mention.start > 1:
                    mention = mention._replace(start=mention.start + 1)
                system.append(mention)
        yield gold, system


def tags(mentions, length):
    """One tag a place, as seqeval wants them; places are counted as if they were words."""
    found = ["O"] * length
    for m in mentions:
        found[m.start : m.end] = [f"B-{m.type}"] + [f"I-{m.type}"] * (m.end - m.start - 1)
    return found


def best(run, runs):
    """The least processor time of some runs, and what the last one gave."""
    times = []
    for _ in range(runs):
        began = process_time()
        result = run()
        times.append(process_time() - began)
    return min(times), result


def entities(number, runs):
    docs = list(documents(number))
    sides = [[[{"label": m.type, "start": m.start, "end": m.end - 1} for m in d[i]] for d in docs] for i in (0, 1)]
    lengths = [max(m.end for m in gold) + 1 for gold, _ in docs]
    tagged = [[tags(d[i], n) for d, n in zip(docs, lengths, strict=True)] for i in (0, 1)]

    ours, total = best(lambda: sum((score_entities(*doc) for doc in docs), EntityCounts()), runs)
    theirs, result = best(lambda: Evaluator(*sides, tags=TYPES, loader="dict").evaluate()["overall"], runs)
    spans, told = best(
        lambda: precision_recall_fscore_support(*tagged, average="micro", scheme=IOB2, zero_division=0), 1
    )
    equal = all(
        (result[mode].correct + 0.5 * result[mode].partial, result[mode].actual, result[mode].possible)
        == (total.modes[mode].correct, total.modes[mode].predicted, total.modes[mode].gold)
        for mode in NAMES
    )
    same = abs(told[2] - total.modes["strict"].f1) < 1e-12
    keep("counting entities beside nervaluate", ours / theirs)
    print(f"entities, {number:,} documents of {MENTIONS} mentions: {ours:.3f} s")
    print(f"  nervaluate {theirs:.3f} s: {theirs / ours:.1f} times as long; strict, exact, partial equal: {equal}")
    print(f"  seqeval    {spans:.3f} s: {spans / ours:.1f} times as long; strict equal: {same}")


def whole_call(runs):
    """The call with its interval, beside nervaluate's evaluation of the same labels."""
    with TemporaryDirectory() as place:
        made = [sys.executable, "-m", "goldwire", "derive", f"{place}/derived", "--n", "1000", "--seed", "13"]
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL)
        gold = goldwire.load(f"{place}/derived")
        draw, given, sides = random.Random(3), {}, ([], [])
        for name in (cluster[0] for cluster in gold.clusters):
            mentions = [(m.start, m.end, m.type) for m in gold.documents[name].mentions]
            kept = [one for one in mentions if draw.random() >= 0.1]
            given[name] = [(*one[:2], draw.choice(TYPES)) if draw.random() < 0.1 else one for one in kept]
            for side, labels in zip(sides, (mentions, given[name]), strict=True):
                side.append([{"label": kind, "start": start, "end": end - 1} for start, end, kind in labels])
        kinds = sorted({label["label"] for side in sides for labels in side for label in labels})
        ours, score = best(lambda: goldwire.score(given, gold), runs)
        theirs, result = best(lambda: Evaluator(*sides, tags=kinds, loader="dict").evaluate()["overall"], runs)
        equal = score.counts.modes["strict"].correct == result["strict"].correct
        keep("goldwire.score beside nervaluate", ours / theirs)
        print(
            f"goldwire.score, {len(given)} documents: {ours:.3f} s; nervaluate takes {theirs / ours:.1f} times as long"
        )
        print(f"  strict equal: {equal}")


def quotes(gold, runs):
    docs = [document for document in gold.documents.values() if document.quotes]

    def run():
        for document in docs:
            score_quotes(document.quotes, document.quotes[::-1], document.text, decoys=document.decoys or ())

    taken, _ = best(run, runs)
    held = sum(len(document.quotes) for document in docs)
    print(f"quotes, {len(docs)} documents with {held} quotes: {1000 * taken / len(docs):.2f} s per 1,000 documents")


def intervals(gold, runs):
    layers = {
        "entities": {name: document.mentions[::2] for name, document in gold.documents.items()},
        "quotes": {name: document.quotes[::2] for name, document in gold.documents.items()},
        "segments": {page: blocks[1:] for page, blocks in gold.blocks.items()},
        "duplicates": gold.pairs[::2],
    }
    for task in TASKS:
        score = goldwire.score(layers[task], gold, Settings(task))

        taken, rows = best(score.rows, runs)
        print(f"intervals of {task}: all {len(rows)} numbers: {taken:.3f} s")


if __name__ == "__main__":
    number, runs = (int(given) for given in (*sys.argv[1:], *("2000", "3")[len(sys.argv) - 1 :]))
    corpus = goldwire.load()
    entities(number, runs)
    whole_call(runs)
    quotes(corpus, runs)
    intervals(corpus, runs)
