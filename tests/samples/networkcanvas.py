"""Network Canvas exports: CSV files in a folder or a zip file, and GraphML."""

from __future__ import annotations

import csv
import io
import zipfile

from kithwork.readers.parts.given import Given
from samples import Sample

EGO = b"""networkCanvasEgoUUID,networkCanvasCaseID,networkCanvasSessionID,sessionStart,unit
e1,anna@kith.example,s1,2026-09-07T08:00:00.000Z,North
e2,bo@kith.example,s2,2026-09-07T09:00:00.000Z,South
"""
ALTERS = b"""nodeID,networkCanvasEgoUUID,networkCanvasUUID,name,advice,friends
1,e1,a1,bo@kith.example,true,false
2,e1,a2,cid@kith.example,false,
1,e2,b1,'=anna,true,true
"""
TIES = b"""edgeID,from,to,networkCanvasEgoUUID,networkCanvasUUID,networkCanvasSourceUUID,networkCanvasTargetUUID
1,1,2,e1,t1,a1,a2
"""
FILES = {"x_ego.csv": EGO, "x_attributeList_person.csv": ALTERS, "x_edgeList_knows.csv": TIES}
GRAPHML = b"""<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:nc="http://schema.networkcanvas.com/xmlns">
<key id="networkCanvasUUID" attr.name="networkCanvasUUID" attr.type="string" for="all"/>
<key id="networkCanvasType" attr.name="networkCanvasType" attr.type="string" for="all"/>
<key id="v1" attr.name="name" attr.type="string" for="node"/>
<key id="v2" attr.name="advice" attr.type="boolean" for="node"/>
<key id="v3" attr.name="unit" attr.type="string" for="graph"/>
<graph edgedefault="undirected" nc:caseId="anna@kith.example" nc:sessionUUID="s1">
<node id="1"><data key="networkCanvasType">person</data>
<data key="v1">bo@kith.example</data><data key="v2">true</data></node>
<node id="2"><data key="networkCanvasType">person</data>
<data key="v1">cid@kith.example</data><data key="v2">false</data></node>
<edge source="1" target="2"><data key="networkCanvasType">knows</data></edge>
<data key="v3">North</data>
</graph>
</graphml>
"""


def packed(files: dict[str, bytes]) -> bytes:
    """A zip file of these."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


SAID = {"options": {"relations": "advice, friends", "between": "yes"}}
SAMPLES = [
    Sample("export", "nominations", FILES, SAID),
    Sample("export.zip", "nominations", packed(FILES)),
    Sample("export", "staff", FILES, {"columns": {"unit": "unit"}}),
    Sample("s1.graphml", "nominations", GRAPHML, {"options": {"relations": "advice"}}),
    Sample("graphs.zip", "staff", packed({"s1.graphml": GRAPHML}), {"columns": {"unit": "unit"}}),
]

GROWN = Sample("export", "nominations", {})
"""How what `many` makes is read."""


def many(n: int) -> dict[str, bytes]:
    """A folder of n alters, ten a session, with twelve answers of each."""
    sessions = range(max(1, n // 10))
    egos = "\n".join(f"e{number},p{number}@kith.example,s{number}" for number in sessions)
    said = ",".join("true" if number % 3 else "false" for number in range(12))
    alters = "\n".join(
        f"{number},e{number // 10},a{number},q{number}@kith.example,{said}" for number in range(len(sessions) * 10)
    )
    questions = ",".join(f"v{number}" for number in range(12))
    header = f"nodeID,networkCanvasEgoUUID,networkCanvasUUID,name,{questions}"
    return {
        "x_ego.csv": f"networkCanvasEgoUUID,networkCanvasCaseID,networkCanvasSessionID\n{egos}\n".encode(),
        "x_attributeList_person.csv": f"{header}\n{alters}\n".encode(),
    }


def plain(given: Given) -> None:
    """The rows by the csv library."""
    for path in sorted(given.path.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for _ in csv.DictReader(file):
                pass
