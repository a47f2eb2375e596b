"""The handbook: its pages in `pages/`, and what turns them into a small site that opens from a folder."""
