"""The JSON of responses, as marshmallow schemas. They and their docstrings describe it in `openapi.yaml`.

`shape` describes an article's quotes and speakers, `verdict` a verification, `service` everything else. Unknown fields are
excluded, so that clients accept fields that are added later. The schemas only describe: responses are not serialized by them.
"""
