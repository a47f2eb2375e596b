"""A client's files on their first day: what each is, which column is which field, what that gives and what is lacking.

Nothing here is read into a study: it is guessed, asked about, and written to `params.yaml` for a person to look at.
"""
