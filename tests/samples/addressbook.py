"""Address books: Outlook's columns, and Google's as they were and as they are."""

from __future__ import annotations

from kithwork.readers.parts.given import Given
from samples import Sample

SAID = {"options": {"owner": "anna@north.example"}}
OUTLOOK = (
    b"First Name,Middle Name,Last Name,Company,Mobile Phone,"
    b"E-mail Address,E-mail Type,E-mail Display Name,E-mail 2 Address\n"
)

SAMPLES = [
    Sample(
        "outlook.csv",
        "nominations",
        OUTLOOK
        + b"Bo,,Ek,North,555 01,bo@north.example,SMTP,Bo Ek,bo@home.example\n"
        + b"Cid,,,South,,/o=South/cn=cid,EX,Cid,cid@south.example\n"
        + b",,,,555 02,,,,\n",
        SAID,
    ),
    Sample(
        "google, older.csv",
        "nominations",
        b"Name,Given Name,Additional Name,Family Name,Group Membership,E-mail 1 - Type,E-mail 1 - Value,"
        b"E-mail 2 - Type,E-mail 2 - Value\n"
        b"Bo Ek,Bo,,Ek,* myContacts,* Home,bo@home.example,Work,bo@north.example\n",
        SAID,
    ),
    Sample(
        "google.csv",
        "nominations",
        b"First Name,Middle Name,Last Name,Organization Name,Labels,E-mail 1 - Label,E-mail 1 - Value\n"
        b"Bo,B,Ek,North,* myContacts,* Other,bo@north.example ::: bo@home.example\n",
        SAID,
    ),
]


EVERY = (
    "Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,Business Street,Business City,"
    "Business State,Business Postal Code,Business Country/Region,Home Street,Home City,Home State,Home Postal Code,"
    "Home Country/Region,Business Fax,Business Phone,Home Phone,Mobile Phone,Other Phone,Pager,Anniversary,Birthday,"
    "Categories,E-mail Address,E-mail Type,E-mail Display Name,E-mail 2 Address,E-mail 2 Type,E-mail 2 Display Name,"
    "E-mail 3 Address,E-mail 3 Type,E-mail 3 Display Name,Gender,Initials,Language,Location,Notes,Office Location,"
    "Priority,Private,Profession,Sensitivity,Spouse,Web Page"
)
"""Columns of Outlook's export, near enough all of them."""


def many(n: int) -> bytes:
    """Outlook's export of n contacts."""
    rows = (
        f",Bo,,Ek {i},,North,Planning,Planner,,,,,,,,,,,,555 {i},,,,,,,,bo{i}@north.example,SMTP,Bo Ek"
        ",,,,,,,,,,,,,Normal,False,,Normal,,\n"
        for i in range(n)
    )
    return f"{EVERY}\n{''.join(rows)}".encode()


def plain(given: Given) -> None:
    """pandas reads all cells as text."""
    import pandas as pd

    with given.open() as file:
        pd.read_csv(file, dtype=str, keep_default_na=False)
