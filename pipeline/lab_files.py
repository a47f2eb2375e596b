"""How Lab reads and writes notebooks: opened, none counts as changed; saved, none holds what tells of this machine alone.

Lab writes the kernel's full description, its Python version included, into each notebook that it opens, and from then on
asks whether to save it. Here it finds that description already there, and a saved notebook holds the language's name alone.
"""

from __future__ import annotations

from typing import Any

from ipykernel.ipkernel import IPythonKernel
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager


class Files(AsyncLargeFileManager):
    """Jupyter's own manager of files, but for the description of the language."""

    async def get(self, path: str, *args: Any, **settings: Any) -> dict[str, Any]:
        """A file or folder; a Python notebook as the kernel of this environment would describe it."""
        model = await super().get(path, *args, **settings)
        if language := _language(model):
            language |= IPythonKernel.language_info
        return model

    async def save(self, model: dict[str, Any], path: str = "") -> dict[str, Any]:
        """Write a file or folder; of a Python notebook the language by its name."""
        if language := _language(model):
            named = {"name": language["name"]}
            language.clear()
            language |= named
        return await super().save(model, path)


def _language(model: dict[str, Any]) -> dict[str, Any]:
    """The description of the language in a Python notebook; empty for anything else."""
    if model.get("type") != "notebook" or not model.get("content"):
        return {}
    found = model["content"]["metadata"].get("language_info", {})
    return found if found.get("name") == "python" else {}
