"""Who stands behind a word of a log: a person, a party outside, a machine, a list, or nobody known.

Machines are told by the word (`no-reply@…`). Where contact has a direction, machines and lists are also told, among
addresses of the organisation's own that are nobody on the staff list, by what they do: a machine writes to many and is
never written to, a list is written to by many and never writes. What a log itself says of a record (its `nature`) is taken
apart from this, record by record.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kithwork.cleaning.decisions import key
from kithwork.cleaning.known import TWO_PARTIES, TWO_PEOPLE, Known, address
from kithwork.cleaning.meaning import Meaning
from kithwork.cleaning.parties import OWN
from kithwork.cleaning.spelling import spelt

if TYPE_CHECKING:
    import ibis
    import pandas as pd

MANY = 5
"""Correspondents from which an address that only writes, or is only written to, is taken for a machine or a list."""

PLAIN = (
    r"no-?reply|do-?not-?reply|mailer-daemon|postmaster|daemon|bounces?|notifications?|notify|alerts?|"
    r"auto(?:mated|mailer|reply)"
)
"""Words of local parts that nobody is called by, so that they tell a machine beside others too, as in `billing.alerts`
(RFC 2142 reserves some of them)."""

WHOLE = r"auto|bot|cron|jenkins|printer|robot|root|scanner|system|tickets?"
"""Words that tell a machine where they are all there is, numbered or not: people are called Root, Cron or Bot."""

MACHINE = re.compile(
    rf"(?:.*[._+-])?(?:{PLAIN})(?:[._+-].*)?|(?:{WHOLE})(?:[-_]?\d+)?(?:\+.*)?|.+[-_](?:ro)?bot", re.IGNORECASE
)
"""Local parts under which machines write: such a word, or one with a clear affix, as `mailer-daemon` or `build-bot`."""

KINDS = ("person", "party", "machine", "list", "stranger")


def told(words: list[str], contacts: ibis.Table, known: Known, meant: Meaning, directed: bool) -> pd.DataFrame:
    """A row per word, in order: code, identity (an id, or the word itself), kind, and several, where it fits two."""
    import pandas as pd

    text = pd.Series(words, dtype="str")
    found = known.resolve(text, "anyone")
    several = found.isin([TWO_PEOPLE, TWO_PARTIES])
    found = found.mask(several)
    people, parties = set(known.people.values()), set(known.parties.values())
    kind = pd.Series("stranger", index=text.index, dtype="str")
    kind[found.isin(parties)] = "party"
    kind[found.isin(people)] = "person"
    plain = text.map(address)
    ignored = text.map(key).isin(meant.ignored)
    kind[(kind != "person") & _local(plain).str.fullmatch(MACHINE).fillna(False)] = "machine"
    if directed:
        ours = plain.map(lambda word: meant.domains.whose(spelt(word).domain) == OWN).astype(bool)
        reach = _reach(contacts).reindex(text.index, fill_value=0)
        unknown = (kind == "stranger") & ours
        kind[unknown & (reach["received_from"] == 0) & (reach["sent_to"] >= MANY)] = "machine"
        kind[unknown & (reach["sent_to"] == 0) & (reach["received_from"] >= MANY)] = "list"
    kind[ignored] = "list"
    return pd.DataFrame(
        {"code": text.index.astype("int32"), "identity": found.fillna(plain), "kind": kind, "several": several}
    )


def _local(plain: pd.Series) -> pd.Series:
    return plain.str.split("@", n=1).str[0].where(plain.str.contains("@", regex=False), "")


def _reach(contacts: ibis.Table) -> pd.DataFrame:
    """How many different words each word sent to and received from, by its number."""
    sent = contacts.group_by("ego").agg(sent_to=contacts.alter.nunique()).to_pandas().set_index("ego")
    received = contacts.group_by("alter").agg(received_from=contacts.ego.nunique()).to_pandas().set_index("alter")
    return sent.join(received, how="outer").fillna(0)
