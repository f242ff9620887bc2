"""Names by their words, without clusters."""

from types import SimpleNamespace

import pytest
from growth import growth

from attribution.resolving.mentions import Mention
from attribution.resolving.names import cluster_names, fullest_name, name_words


def name(text):
    """A mention that is a name."""
    return SimpleNamespace(text=text, kind="name")


def test_two_names_run_together_are_not_the_fullest_name():
    """As in a caption that runs into its text."""
    assert fullest_name([name("Ann LeeAnn Lee"), name("Ann Lee")]) == "Ann Lee"


@pytest.mark.parametrize("name", ["Sir Ranjit", "Ranjit ji", "Mr. Ranjit", "Ranjit Jr."])
def test_a_title_is_no_part_of_a_name(name):
    assert name_words(name) == ("ranjit",)


def test_the_time_for_a_long_name_grows_with_its_length():
    """Five thousand capitals once took longer than a client waits."""
    assert growth(lambda size: fullest_name([name(" ".join(f"A{number}" for number in range(size)))]), 200) < 2.3


def test_the_time_for_the_abbreviations_of_a_long_name_grows_with_its_length():
    """Capitals without end once took four minutes."""
    assert growth(lambda size: cluster_names([Mention(0, 1, "Ann Bob " * size, "name", "")]), 200) < 2.3
