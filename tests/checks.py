"""What tests of several folders look for in an answer."""

import json

from api import problems
from api.failures import Failure


def assert_problem(response, status, remedy):
    """The one form of a failure: RFC 9457, one title a status, a detail that holds `remedy`."""
    assert response.status_code == status
    assert response.content_type == problems.MEDIA_TYPE
    problem = json.loads(response.data)
    assert (status, problem["type"]) in {(failure.status, failure.type) for failure in Failure if failure.code == problem["code"]}
    assert problem["title"] == problems.TITLES[status]
    assert problem["status"] == status
    assert remedy in problem["detail"]
    assert response.headers["X-Request-ID"]
    return problem


def spans(value):
    """Every object in `value` that has a start."""
    if isinstance(value, dict):
        if "start" in value:
            yield value
        value = list(value.values())
    for item in value if isinstance(value, list) else ():
        yield from spans(item)
