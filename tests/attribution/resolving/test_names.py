"""Names as words, without the clusters that they belong to."""

from types import SimpleNamespace

from growth import growth

from attribution.resolving.names import fullest_name


def name(text):
    """A mention that is a name."""
    return SimpleNamespace(text=text, kind="name")


def test_a_name_that_runs_into_itself_is_not_the_fullest():
    """As in a caption that runs into its text."""
    assert fullest_name([name("Ann LeeAnn Lee"), name("Ann Lee")]) == "Ann Lee"


def test_a_name_of_many_words_is_looked_at_in_time_by_its_length():
    """Five thousand capitals took longer than a client waits."""
    assert growth(lambda size: fullest_name([name(" ".join(f"A{number}" for number in range(size)))]), 200) < 2.3
