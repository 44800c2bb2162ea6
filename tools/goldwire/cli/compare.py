"""`goldwire compare`: test whether systems differ."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from goldwire.cli import scoring
from goldwire.cli.terminal import CLEAN, as_json, interval, number, whole

if TYPE_CHECKING:
    from goldwire.bench.compare import Comparison, Delta
    from goldwire.bench.ranks import Ranking
    from goldwire.bench.score import Score

TEXT = "test whether systems differ on the same gold"
EXAMPLE = "goldwire compare annotations/gold out/old out/new --task quotes"


def add(command: argparse.ArgumentParser) -> None:
    """Define the command's arguments."""
    from goldwire.scoring.settings import RESAMPLES, SEED

    scoring.add_gold(command)
    command.add_argument("a", type=Path, metavar="A", help="folder or file with a system's labels")
    command.add_argument("b", type=Path, metavar="B", help="folder or file with another system's labels")
    command.add_argument(
        "more", type=Path, metavar="C", nargs="*", help="more systems: rank all on the headline number"
    )
    scoring.add(command)
    scoring.add_covered(command)
    command.add_argument(
        "--resamples", type=whole(0, 1_000_000), default=RESAMPLES, help="random flips of signs in a test"
    )
    command.add_argument("--seed", type=int, default=SEED, help="seed of the random flips")


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    from goldwire.bench.compare import compare_scores
    from goldwire.bench.ranks import rank
    from goldwire.bench.score import cover, score
    from goldwire.bench.selection import common
    from goldwire.bench.submissions import read_system
    from goldwire.corpus.gold import load_set

    gold, chosen = load_set(arguments.gold), scoring.settings(arguments)
    places = [arguments.a, arguments.b, *arguments.more]
    names = [place.name for place in places]
    systems: list[object] = [read_system(place, gold, arguments.task) for place in places]
    if arguments.covered:
        systems = [cover(one, arguments.task) for one in systems]
    scores = [score(one, gold, chosen) for one in common(systems)]
    if arguments.more:
        ranking = rank(scores)
        print(ranking_json(ranking, scores, names) if arguments.json else ranking_text(ranking, scores, names))
        return CLEAN
    show = comparison_json if arguments.json else comparison_text
    print(show(compare_scores(scores[0], scores[1]), names[0], names[1]))
    return CLEAN


def comparison_text(result: "Comparison", a: str, b: str) -> str:
    """The two scores, then every difference, b minus a, with its interval and p, then the signature."""
    lines = [f"{name}: {side}".split("  goldwire|")[0] for name, side in ((a, result.a), (b, result.b))]
    heading = f"{'a':>8}{'b':>8}{'b - a':>9}{'95 % interval':>18}{'p':>8}{'detectable':>12}"
    group = None
    for row in result.rows:
        if row.a.group != group:
            lines += ["", f"{row.a.group:<23}{heading if group is None else ''}".rstrip()]
            group = row.a.group
        sides = f"{number(row.a.value):>8}{number(row.b.value):>8}"
        lines.append(f"  {row.a.name:<21}{sides}{difference_text(row, result.a)}")
    return "\n".join([*lines, "", str(result.a.signature)])


def difference_text(row: "Delta", score: "Score") -> str:
    """A difference with its interval, its p-value and the least difference that would show, in columns."""
    from goldwire.bench.score import shown_interval

    if row.delta is None:
        return f"{'–':>9}{'–':>18}{'–':>8}{'–':>12}"
    bounds = interval(row.interval, "+.3f") or shown_interval(None, score.task, row.clusters) or "–"
    return f"{row.delta:>+9.3f}{bounds:>18}{number(row.p):>8}{number(row.detectable):>12}"


def comparison_json(result: "Comparison", a: str, b: str) -> str:
    """A comparison as one JSON object."""
    sides = {
        key: {"system": name, "f1": side.f1, "interval": side.interval, "clusters": side.clusters}
        for key, name, side in (("a", a, result.a), ("b", b, result.b))
    }
    rows = {"headline": delta_object(result.headline), "rows": [delta_object(row) for row in result.rows]}
    whole = {"task": result.a.task, **sides, **rows, "signature": str(result.a.signature)}
    return as_json(whole)


def delta_object(row: "Delta") -> dict[str, object]:
    """A difference for JSON."""
    return {
        "group": row.a.group,
        "name": row.a.name,
        "number": row.a.number,
        "a": row.a.value,
        "b": row.b.value,
        "delta": row.delta,
        "interval": row.interval,
        "p": row.p,
        "detectable": row.detectable,
        "clusters": row.clusters,
    }


def ranking_text(ranking: "Ranking", scores: "Sequence[Score]", names: Sequence[str]) -> str:
    """The systems with their ranks, the best first, then every pair, b minus a, then the signature."""
    lines = [f"{'rank':>4}  {scores[0].headline}"]
    for i in sorted(range(len(scores)), key=lambda i: -(scores[i].f1 or 0)):
        lines.append(f"{ranking.ranks[i] or '–':>4}  {names[i]}: {scores[i]}".split("  goldwire|")[0])
    lines += ["", f"{'a':<20}{'b':<20}{'b - a':>9}{'95 % interval':>18}{'p':>8}{'detectable':>12}{'p, Holm':>9}"]
    for pair in ranking.pairs:
        shown = difference_text(pair.delta, scores[0])
        lines.append(f"{names[pair.a]:<20}{names[pair.b]:<20}{shown}{number(pair.p):>9}")
    return "\n".join([*lines, "", str(ranking.signature)])


def ranking_json(ranking: "Ranking", scores: "Sequence[Score]", names: Sequence[str]) -> str:
    """A ranking as one JSON object."""
    systems = [
        {"system": name, "rank": place, "f1": one.f1, "interval": one.interval, "clusters": one.clusters}
        for name, place, one in zip(names, ranking.ranks, scores, strict=True)
    ]
    pairs = [
        {**delta_object(pair.delta), "systems": [names[pair.a], names[pair.b]], "p_holm": pair.p}
        for pair in ranking.pairs
    ]
    whole = {"task": scores[0].task, "headline": scores[0].headline, "systems": systems, "pairs": pairs}
    return as_json({**whole, "signature": str(ranking.signature)})
