"""What the README shows is what the code prints."""

import pytest

from readme import COMMAND, PYTHON, README, TEST, command_output, python_output, shown_by_pytest


@pytest.mark.parametrize(("line", "shown"), COMMAND.findall(README.read_text()))
def test_commands_print_what_is_shown(line, shown):
    assert command_output(line) == shown


def test_the_three_lines_print_what_is_shown():
    ((code, shown),) = PYTHON.findall(README.read_text())
    assert python_output(code) == shown


def test_the_test_fails_as_is_shown():
    ((block, shown),) = TEST.findall(README.read_text())
    assert shown_by_pytest(block) == shown
