"""What tests of several files check of an answer."""

import json

from api import problems


def assert_problem(response, status, remedy):
    """The one form of a failure: RFC 9457, one title a status, a detail that holds `remedy`."""
    assert response.status_code == status
    assert response.content_type == problems.MEDIA_TYPE
    problem = json.loads(response.data)
    assert problem["type"] == "about:blank"
    assert problem["title"] == problems.TITLES[status]
    assert problem["status"] == status
    assert remedy in problem["detail"]
    assert response.headers["X-Request-ID"]
    return problem
