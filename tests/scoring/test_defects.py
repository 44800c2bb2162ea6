"""What other scorers get wrong, what goldwire says of the same labels, and why.

`PYTHONPATH=tests python tests/scoring/test_defects.py` writes the table of docs/scoring.md anew. Scorers on a package registry are really run; of
the others the counting rule is written out here, with the place it is taken from.
"""

import random
import re
import statistics
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
import sacrebleu
from nervaluate import Evaluator
from seqeval.metrics import f1_score

import goldwire
from goldwire.scoring.counts import matched
from goldwire.scoring.duplicates import score_duplicates
from goldwire.scoring.entities import score_entities
from goldwire.scoring.intervals import counts_interval
from goldwire.scoring.labels import PlainMention, PlainQuote, PlainSpan, PlainSpeaker
from goldwire.scoring.linking import b_cubed
from goldwire.scoring.quotes import QuoteOptions, score_quotes
from goldwire.text import spans
from repository import ROOT

PAGE = ROOT / "docs/scoring.md"
TABLE = re.compile(r"(<!-- defects -->\n).*?(<!-- end -->)", re.S)


class Defect(NamedTuple):
    """One defect: whose, on what input, the two numbers as they are shown, and why ours is correct."""

    peer: str
    input: str
    theirs: tuple[Callable[[], Any], str]
    ours: tuple[Callable[[], Any], str]
    why: str


def nervaluate(gold, predicted, mode):
    """The real one; its ends are inclusive."""
    sides = [[[{"label": m.type, "start": m.start, "end": m.end - 1} for m in side]] for side in (gold, predicted)]
    return Evaluator(*sides, tags=["GPE", "ORG"], loader="dict").evaluate()["overall"][mode]


TWO = [PlainMention(0, 5, "GPE"), PlainMention(6, 9, "GPE")]
LONG_AND_SHORT = [PlainMention(0, 5, "GPE"), PlainMention(0, 3, "GPE")]
WHOLE = [PlainMention(0, 6, "GPE")]
HALVES = [PlainMention(0, 3, "ORG"), PlainMention(3, 6, "GPE")]


def quote(start, end, **more):
    return PlainQuote((PlainSpan(start, end),), "direct", **more)


TEXT = "a" * 40


def ggt(gold, predicted):
    """evaluate_quotes.py, github.com/sfu-discourse-lab/GenderGapTracker (Asr et al. 2021): F1 at its threshold 0.3.

    Each gold quote in turn takes, of the predictions left, the first with the largest share of the gold span.
    """
    rest, correct = [p.content[0] for p in predicted], 0
    for span in (g.content[0] for g in gold):
        shares = [spans.overlap(span, other) / (span.end - span.start) for other in rest]
        if shares and max(shares) > 0.3:
            correct += 1
            taken = rest[shares.index(max(shares))]
            rest = [other for other in rest if other != taken]  # equal predictions are removed with it
    return matched(correct, correct + len(rest), len(gold)).f1


def ours(gold, predicted):
    return score_quotes(gold, predicted, TEXT, QuoteOptions(nested="all"))


COVERED, COVERING = [quote(8, 12)], [quote(0, 40)]
BOTH_QUOTES, WIDE_AND_NARROW = [quote(0, 4), quote(4, 8)], [quote(0, 8), quote(0, 4)]


def citron_overlap(overlap, predicted, actual):
    """citron/metrics.py, github.com/bbc/citron: `get_overlap_scores`, and how `evaluate` calls it for all quote spans."""

    def get_overlap_scores(sum_of_overlaps, sum_of_predicted_lengths, sum_of_actual_lengths):
        return sum_of_overlaps / sum_of_predicted_lengths, sum_of_overlaps / sum_of_actual_lengths

    return get_overlap_scores(overlap, actual, predicted)  # the two lengths change places in this one call


def citron_exact(gold, predicted):
    """citron/metrics.py, `get_content_exact_match_metrics`: each side asks whether any of the other equals it."""
    right = sum(any(p.content == g.content for g in gold) for p in predicted)
    return right / len(predicted)


ANN, BOB = PlainSpeaker(20, 23), PlainSpeaker(30, 33)
BY_ANN = quote(0, 4, speaker=ANN, speaker_entities=("person-ann",))
BY_BOB = quote(6, 10, speaker=BOB, speaker_entities=("person-bob",))


def corenlp(gold, predicted):
    """QuoteAttributionEvaluation.java: the i-th quote found is compared with the i-th of gold, whatever it is."""
    pairs = [(p.speaker_entities, gold[i].speaker_entities) for i, p in enumerate(predicted)]
    correct = sum(said == known for said, known in pairs)
    incorrect, skipped = len(pairs) - correct, 0
    return correct / (correct + incorrect), correct / (correct + skipped) if correct else 0.0


WRONG_BOB = quote(6, 10, speaker=BOB, speaker_entities=("person-ann",))


def zyte_interval():
    """evaluate.py, github.com/scrapinghub/article-extraction-benchmark: 1.96 deviations of an unseeded bootstrap."""
    values = [n % 4 / 4 for n in range(25)]
    draws = [[values[random.randint(0, 24)] for _ in range(25)] for _ in range(1000)]
    return 1.96 * statistics.stdev(statistics.mean(draw) for draw in draws)


def our_interval():
    cells = {(n,): matched(n % 4, 4, 4) for n in range(25)}
    return counts_interval(cells, "f1", [1] * 25)


def hide_state(run):
    """Run it from a state of chance that no other test has set."""
    state = random.getstate()
    random.seed()
    try:
        return run()
    finally:
        random.setstate(state)


def missing_document():
    gold = goldwire.load()
    labels = {name: document.mentions for name, document in gold.documents.items() if name != "003-01"}
    try:
        goldwire.score(labels, gold)
    except goldwire.GoldwireError as error:
        return str(error).split(";")[0]


def singletons():
    gold = goldwire.load()
    clusters = {cluster[0]: set(cluster) for cluster in gold.clusters}
    alone = {name: {name} for name in gold.documents}
    return b_cubed(clusters, alone).f1, score_duplicates(gold.pairs, [], gold.documents).duplicates.f1


def shown(value):
    if isinstance(value, tuple):
        return ", ".join(map(shown, value))
    return f"{value:.3f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


DEFECTS = [
    Defect(
        "nervaluate 1.2.1, strict F1",
        "gold GPE 0–5 and 6–9; predicted GPE 0–5 and 0–3, in this order and in the other",
        (lambda: tuple(nervaluate(TWO, p, "strict").f1 for p in (LONG_AND_SHORT, LONG_AND_SHORT[::-1])), "0.5, 0"),
        (
            lambda: tuple(score_entities(TWO, p).modes["strict"].f1 for p in (LONG_AND_SHORT, LONG_AND_SHORT[::-1])),
            "0.5, 0.5",
        ),
        "Order is not part of the labels. nervaluate gives each prediction the first mention it overlaps; goldwire pairs "
        "equal spans before all others.",
    ),
    Defect(
        "nervaluate 1.2.1, types found",
        "gold GPE 0–6; predicted ORG 0–3 and GPE 3–6",
        (lambda: nervaluate(WHOLE, HALVES, "ent_type").correct, "0"),
        (lambda: score_entities(WHOLE, HALVES).modes["type"].correct, "1"),
        "The mention has a prediction of its type. In nervaluate the ORG prediction before it takes the mention.",
    ),
    Defect(
        "seqeval 1.2.2, default mode",
        "gold `B-PER I-PER O`; predicted `I-PER I-PER O`, which no scheme allows",
        (lambda: f1_score([["B-PER", "I-PER", "O"]], [["I-PER", "I-PER", "O"]]), "1"),
        (lambda: score_entities([PlainMention(0, 2, "PER")], []).modes["strict"].f1, "0"),
        "Under IOB2 the predicted tags contain no span. goldwire compares spans; its strict mode equals seqeval's strict "
        "mode, which gives 0 too. The default mode repairs tags without a warning.",
    ),
    Defect(
        "Gender Gap Tracker, F1 at 0.3",
        "gold one quote, 8–12; predicted one quote, 0–40: the whole text",
        (lambda: ggt(COVERED, COVERING), "1"),
        (lambda: ours(COVERED, COVERING).content["iou.5"].f1, "0"),
        "Its overlap is the share of the gold quote that is covered, so longer predictions have no cost. IoU is 4/40.",
    ),
    Defect(
        "Gender Gap Tracker, F1 at 0.3",
        "gold 0–4 and 4–8; predicted 0–8 and 0–4, in this order and in the other",
        (lambda: tuple(ggt(BOTH_QUOTES, p) for p in (WIDE_AND_NARROW, WIDE_AND_NARROW[::-1])), "0.5, 1"),
        (
            lambda: tuple(ours(BOTH_QUOTES, p).content["iou.5"].f1 for p in (WIDE_AND_NARROW, WIDE_AND_NARROW[::-1])),
            "1, 1",
        ),
        "Each gold quote in turn takes the first of the best predictions left, even the only one of another quote. "
        "An assignment gives each its own, in any order.",
    ),
    Defect(
        "Citron, overlap of all quote spans: P, R",
        "4 characters of gold, 40 predicted, 4 shared",
        (lambda: citron_overlap(4, 40, 4), "1, 0.1"),
        (lambda: (lambda c: (c.precision, c.recall))(ours(COVERED, COVERING).content["partial"]), "0.1, 1"),
        "In one of its columns the lengths of the two sides are swapped, and so are precision and recall.",
    ),
    Defect(
        "Citron, exact precision of contents",
        "gold one quote; predicted the same quote twice",
        (lambda: citron_exact(COVERED, COVERED * 2), "1"),
        (lambda: ours(COVERED, COVERED * 2).content["exact"].precision, "0.5"),
        "A prediction is correct if any gold quote equals it, so repeats have no cost. Matching is one to one.",
    ),
    Defect(
        "CoreNLP, speaker precision",
        "gold a quote by Ann, then one by Bob; predicted Bob's alone, with Bob as its speaker",
        (lambda: corenlp([BY_ANN, BY_BOB], [BY_BOB])[0], "0"),
        (lambda: ours([BY_ANN, BY_BOB], [BY_BOB]).attribution.recall, "1"),
        "It compares the i-th predicted quote with the i-th gold quote, so that one missed quote shifts all that follow. "
        "goldwire pairs quotes by their content.",
    ),
    Defect(
        "CoreNLP, speaker recall",
        "both quotes found; the second is given to Ann instead of Bob",
        (lambda: corenlp([BY_ANN, BY_BOB], [BY_ANN, WRONG_BOB])[1], "1"),
        (lambda: ours([BY_ANN, BY_BOB], [BY_ANN, WRONG_BOB]).end_to_end.recall, "0.5"),
        "Its recall leaves out wrong answers: correct / (correct + skipped). One of two quotes has the correct speaker.",
    ),
    Defect(
        "sacreBLEU 2.6.0",
        "two hypotheses, one reference; here, labels for all documents but 003-01",
        (lambda: sacrebleu.corpus_bleu(["a b c d e", "x y z"], [["a b c d e"]]).score, "100"),
        (missing_document, "no labels for 003-01"),
        "The second hypothesis is dropped without a warning. Documents are joined by id; a missing one is an error.",
    ),
    Defect(
        "Zyte's article-extraction-benchmark, interval",
        "the same 25 documents, scored twice; are the intervals the same?",
        (lambda: hide_state(lambda: zyte_interval() == zyte_interval()), "False"),
        (lambda: our_interval() == our_interval(), "True"),
        "Its bootstrap has no seed, so its intervals are not reproducible. goldwire's draw nothing.",
    ),
    Defect(
        "B³ as the headline for duplicates",
        "all 32 documents as singletons; gold has 25 articles",
        (lambda: singletons()[0], "0.877"),
        (lambda: singletons()[1], "0"),
        "Most articles have no repeat, so finding nothing scores high. Over pairs it scores 0, and every table shows that.",
    ),
]


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: f"{defect.peer}: {defect.input}"[:60])
def test_both_numbers_are_what_the_page_says(defect):
    for run, said in (defect.theirs, defect.ours):
        assert shown(run()) == said


def table():
    rows = [f"| {d.peer} | {d.input} | {d.theirs[1]} | {d.ours[1]} | {d.why} |" for d in DEFECTS]
    return "\n".join(
        ["| scorer | labels | it says | goldwire says | why |", "| --- | --- | --- | --- | --- |", *rows, ""]
    )


def test_the_page_shows_every_defect():
    assert TABLE.search(PAGE.read_text())[0] == f"<!-- defects -->\n{table()}<!-- end -->"


if __name__ == "__main__":
    PAGE.write_text(TABLE.sub(lambda m: m[1] + table() + m[2], PAGE.read_text()))
