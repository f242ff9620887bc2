"""What `make docs` takes from outside this folder.

In: the pages that stand at the top of the repository. Out: the same as pages of the site, README as its first. Links are written
as they hold in the repository; here they are turned to where the pages are on the site.
"""

import re
from pathlib import Path

from mkdocs.structure.files import File

ROOT = Path(__file__).parents[1]
TOP = {
    "README.md": "index.md",
    "MODEL_CARD.md": "MODEL_CARD.md",
    "CONTRIBUTING.md": "CONTRIBUTING.md",
    "SECURITY.md": "SECURITY.md",
    "CHANGELOG.md": "CHANGELOG.md",
}
"""Where each stands in the site."""
TOP_LINK = re.compile(r"\]\(\.\./(\w+\.md)")


def on_files(files, config):
    """Add the pages, and the contract that README links to."""
    for source, name in TOP.items():
        files.append(File.generated(config, name, content=(ROOT / source).read_text(encoding="utf-8")))
    files.append(File.generated(config, "openapi.yaml", abs_src_path=str(ROOT / "openapi.yaml")))
    return files


def on_page_markdown(markdown, page, config, files):
    """Turn the links between the top and this folder."""
    if page.file.src_uri in TOP.values():
        return markdown.replace("](docs/", "](").replace("](README.md", "](index.md")
    return TOP_LINK.sub(lambda link: f"]({TOP[link[1]]}", markdown)
