"""Pages: the templates, how they are filled, and how a finished page is read again."""
