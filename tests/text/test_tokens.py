"""Words in scripts with vowel signs and tone marks, wherever words count."""

import pytest

from goldwire.checks.surface_forms import SurfaceForms
from goldwire.text.shared_runs import shared_runs
from goldwire.text.tokens import words


@pytest.mark.parametrize(
    "text",
    ["नेताओं ने कहा कि वह आएँगे ।", "ভারতের প্রধানমন্ত্রী বলেন", "ก็ดี ครับ", "قَالَ مُحَمَّدٌ", "می‌خواهم رفت", "Tiê\u0323\u0301ng vạn"],
)
def test_vowel_signs_and_tone_marks_belong_to_words(text):
    assert [text[start:end] for start, end in words(text)] == text.split()


def test_five_words_are_not_eight():
    five = "मंत्री ने कहा कि हम"
    assert not shared_runs(f"{five} आज", f"{five} नहीं")
    assert shared_runs(f"{five} आज भी यहीं", f"{five} आज भी यहीं")[0].words == 8


def test_a_form_inside_a_longer_word_does_not_occur():
    forms = SurfaceForms(["नेता"])
    assert not list(forms.occurrences("नेताओं और नेति"))
    assert list(forms.occurrences("वह नेता।")) == [(3, "नेता")]
    assert not list(SurfaceForms(["क"]).occurrences("कि"))
