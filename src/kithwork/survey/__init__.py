"""The survey: what is asked, in what words, and the instrument written as a form, for Qualtrics and for paper.

`wording` holds every item's text, and is where all other parts take theirs from; `instrument` puts them in order;
`xlsform`, `qualtrics_text` and `paper` write that one instrument, and `files` saves the three.
"""
