"""What `make docs` takes from outside this folder.

In: the pages and files outside docs/ that the documentation links to. Out: the same on the site, with README as its first page.
Links are written as they work in the repository; here they are changed to where the files are on the site.
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
"""The name of each page on the site."""
OWN = ROOT / "training" / "own" / "README.md"
FILES = [ROOT / "NOTICE", ROOT / "openapi.yaml", ROOT / "compose.yaml", OWN, *sorted((ROOT / "deploy").iterdir())]
"""Files that are copied as they are."""
TOP_LINK = re.compile(r"\]\(\.\./([\w/.]+)")


def on_files(files, config):
    """Add the pages and the files."""
    for source, name in TOP.items():
        files.append(File.generated(config, name, content=(ROOT / source).read_text(encoding="utf-8")))
    for path in FILES:
        files.append(File.generated(config, path.relative_to(ROOT).as_posix(), abs_src_path=str(path)))
    return files


def on_page_markdown(markdown, page, config, files):
    """Change the links between the top and this folder."""
    if page.file.src_uri in TOP.values():
        return markdown.replace("](docs/", "](").replace("](README.md", "](index.md")
    return TOP_LINK.sub(lambda link: f"]({TOP.get(link[1], link[1])}", markdown)
