"""The kinds of faults that no check can always find, and why."""

INVISIBLE = {
    "swapped-ids-of-labels": "an id is a name without an order: any label of a file may have any of its ids",
    "dropped-quote-without-marks": "nothing in the text says that indirect speech was overlooked; reading does",
    "dropped-cue": "a quote may have no cue; whether it has is read",
    "dropped-speaker": "a quote may have no speaker; whether the sentence names one is read",
    "changed-stands-for": "what a place stands for in a sentence is judged",
    "dropped-stands-for": "whether a place stands for a government is judged",
    "added-stands-for": "whether a place stands for a government is judged",
    "changed-status-to-one-that-fits": "a group may have any number of entities, and none and unnamed have none",
    "changed-speaker-entity-of-a-nominal-or-pronoun": "whom a pronoun means is read; no name stands there",
    "dropped-fragment-without-marks": "nothing in the text says that words outside marks belong to a content",
    "quote-edge-off-by-a-word": "where a content, cue or phrase ends is judged, as long as it keeps its marks",
    "changed-decoy-reason": "scare, title or term is judged",
    "block-outside-texts-merged-with-the-next-of-its-line": "a block is part of a line; where it ends is judged",
    "changed-role-of-the-same-text": "body or subheading, teaser or caption is judged; the text stays the same",
    "changed-document-of-a-block-outside-texts": "which article a caption belongs to is judged; no text changes",
    "dropped-document-of-a-block-of-the-page": "a teaser or boilerplate may be the page's own",
    "passage-shrunk-by-a-word-of-its-own": "only a run of eight shared words must lie in a passage; its rim is judged",
    "passage-grown-by-a-word": "a passage may hold words that differ between the words that are shared",
    "changed-name-wikidata-or-note": "what the registry says of the world is not in the texts",
    "changed-words-about-a-page": "publisher, rights and dates of a page are not in its labels",
    "layer-declared-partial": "a set may say that less is done; then less is asked of it",
    "changed-words-about-the-set": "who labelled, and how, is not in the labels",
}
"""Kinds of faults that no check can always find, each with the reason."""
