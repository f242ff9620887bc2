"""Whether a name means a speaker of the article."""

import pytest

from attribution.data import Speaker
from attribution.verifying.agreement import agrees


def speaker(name, role=None, aliases=()):
    return Speaker("s1", name, "person", role, aliases, (), (), ())


LEE = speaker("Ann Lee", "the mayor", ("Lee",))


@pytest.mark.parametrize("given", ["Ann Lee", "ann  lee", "Lee", "Mayor Lee", "Mayor Ann Lee", "Dr. Ann Lee", "the mayor", "Ann"])
def test_a_name_that_matches_means_the_speaker(given):
    """With or without title, in part, or by the role that the article gives."""
    assert agrees(given, LEE)


@pytest.mark.parametrize("given", ["Bob Lee", "Ann Stone", "Lee's lawyer", "a lawyer for Ann Lee", "the minister", "", "the"])
def test_another_name_does_not_match(given):
    """Not even one that contains the speaker's."""
    assert not agrees(given, LEE)


def test_the_owner_in_a_role_is_not_its_holder():
    """Putin's spokesman is not Putin."""
    peskov = speaker("Dmitry Peskov", "Putin’s spokesman")
    assert agrees("Putin's spokesman", peskov)
    assert not agrees("Putin", peskov)


def test_a_fuller_name_than_in_the_article_matches():
    """The article may give the surname alone."""
    assert agrees("Ann Lee", speaker("Lee"))
    assert not agrees("Lee Ann", speaker("Lee"))


def test_a_body_is_known_by_its_acronym():
    """As an alias."""
    ministry = speaker("Ministry of Defence", aliases=("MoD",))
    assert agrees("MoD", ministry)
    assert agrees("the Defence Ministry", ministry)
    assert not agrees("Ministry of Finance", ministry)
