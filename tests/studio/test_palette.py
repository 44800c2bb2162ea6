"""Labels differ in colour, for colour-blind readers too, and in their keys."""

from itertools import combinations
from xml.etree.ElementTree import fromstring

import pytest

pytest.importorskip("coloraide")

from coloraide import Color

from goldwire.studio.labelling_config import labelling_config
from goldwire.studio.palette import COLOURS, NO_KEY, QUOTE_PARTS

SIGHT = (None, "protan", "deutan", "tritan")
QUOTES = {part: colour for part, (_, colour, _) in QUOTE_PARTS.items()}
LEAST = {("entities", 0.3): 6.5, ("entities", 1.0): 11, ("quotes", 0.3): 5.5, ("quotes", 1.0): 15, ("both", 0.3): 4}
"""CIEDE2000; 2.3 is just noticeable. In the text, colours are drawn at 30 % over white (HighlightMixin.js)."""


def seen(colour, alpha, sight):
    shown = Color(colour).mix("white", 1 - alpha, space="srgb")
    return shown.filter(sight, method="machado") if sight else shown


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize(("group", "alpha"), LEAST)
def test_colours_can_be_distinguished(group, alpha, sight):
    colours = {"entities": [*COLOURS, "#FFFFFF"], "quotes": [*QUOTES.values(), "#FFFFFF"]}
    colours["both"] = [*COLOURS, *QUOTES.values()]
    shown = [seen(colour, alpha, sight) for colour in colours[group]]
    assert min(a.delta_e(b, method="2000") for a, b in combinations(shown, 2)) >= LEAST[group, alpha]


@pytest.mark.parametrize("sight", SIGHT)
def test_a_mention_is_visible_inside_a_quote(sight):
    quote = Color(QUOTES["content"]).mix("white", 0.7, space="srgb")
    inside = [Color(colour).mix(quote, 0.7, space="srgb") for colour in COLOURS]
    shown = [each.filter(sight, method="machado") if sight else each for each in (quote, *inside)]
    assert min(shown[0].delta_e(mention, method="2000") for mention in shown[1:]) >= 5


def test_no_two_labels_or_choices_share_a_key():
    config = fromstring(labelling_config())
    keys = [node.get("hotkey") for node in config.iter() if node.tag in ("Label", "Choice")]
    assert None not in keys  # or the editor gives one away
    mine = [key for key in keys if key != NO_KEY]
    assert len(mine) == len(set(mine))


def test_every_label_has_a_hint():
    config = fromstring(labelling_config())
    assert not [node.get("value") for node in config.iter("Label") if not node.get("hint")]
