"""The words of every item that is answered on the scale of agreement: all other parts take them from here.

The wordings are ours; the constructs are of Weiner (2009) and Shea et al. (2014) for commitment and efficacy; of Holt,
Armenakis, Feild & Harris (2007) for appropriateness, support and personal valence; of Edmondson (1999) for candour and of
Spreitzer (1995) for purpose. `[CHANGE]` stands for the name of the change.
"""

from __future__ import annotations

CHANGE = "[CHANGE]"
"""Where an item names the change."""

VALUES: dict[str, dict[str, str]] = {
    "V1": {
        "V1a": "I have a working picture of what goes on in parts of the organisation that do not report to my boss.",
        "V1b": "When I plan work I know which relationships outside my unit it depends on.",
        "V1c": "In the past month I brought someone from another unit or place into a decision because of what they could "
        "see.",
    },
    "V2": {
        "V2a": "I can name a client, inside or outside, who is better off because of someone I connected them with.",
        "V2b": "Before I contact a client I usually know what they will need next.",
        "V2c": "Clients help shape what we offer rather than only receiving it.",
    },
    "V3": {
        "V3a": "News about competitors, suppliers or rules reaches my team early enough to act on.",
        "V3b": "I hear about the market from people who disagree with one another.",
        "V3c": "What I learn outside reaches the person here who can use it.",
    },
    "V4": {
        "V4a": "Ideas here are judged by who would pay for them or use them.",
        "V4b": "When an idea works once we work out how to repeat it.",
        "V4c": "I know what became of the last idea I put forward.",
    },
    "V5": {
        "V5a": "Conversations in my network end with somebody doing something differently.",
        "V5b": "In the past six months we replaced a way of working instead of only tuning it.",
        "V5c": "Most of the messages and meetings I take part in move a result.",
    },
    "V6": {
        "V6a": "A small group here may try the new way without waiting for everyone.",
        "V6b": "When one team gets a result from the new way, others hear of it quickly.",
        "V6c": "I can see how my job fits the new direction.",
    },
    "V7": {
        "V7a": "I can get help from people over whom I have no authority.",
        "V7b": "People who do not work for me ask me before they decide.",
        "V7c": "In the past month I helped someone in another unit or place with nothing due in return.",
    },
    "V8": {
        "V8a": "Someone here tells me plainly what I need to get better at.",
        "V8b": "I can find colleagues who care about the same subject as I do.",
        "V8c": "Something a colleague taught me this quarter changed how I work.",
    },
    "V9": {
        "V9a": "I can say in one sentence what outcome I am here to bring about.",
        "V9b": "I hold the authority my responsibilities call for.",
        "V9c": "Being listened to here depends on what you know, not the box you sit in.",
    },
    "V10": {
        "V10a": "I learn useful things in the flow of work, not only in courses.",
        "V10b": "When stuck I can reach someone who knows within a day, wherever they are.",
        "V10c": "We show one another how things work – demos, walk-throughs, shared screens.",
    },
}
"""The items of the ten values, three to each."""

READINESS = {
    "CC1": "In my unit we treat [CHANGE] as ours to deliver, not something done to us.",
    "CC2": "We would put time into [CHANGE] even if nobody checked.",
    "CC3": "After a first setback my unit would carry on with [CHANGE].",
    "CE1": "My unit knows the next three steps [CHANGE] asks of us.",
    "CE2": "We could free the hours and skills it needs.",
    "CE3": "When parts of [CHANGE] collide with daily work my unit can sort it out.",
}
"""Commitment (CC) to the change, and efficacy (CE)."""

BELIEFS = {
    "AP1": "[CHANGE] deals with a problem that is real for us.",
    "AP2": "There are better ways than [CHANGE] to reach the same goal.",
    "MS1": "Leaders I see have changed something in their own work because of [CHANGE].",
    "MS2": "Time and money were moved so that it can happen.",
    "PV1": "A year from now I expect my job to be better because of it.",
    "PV2": "It puts at risk something I value in my job.",
}
"""Appropriateness (AP) of the change, support of it by leaders (MS), and what it holds for oneself (PV)."""

STAGES = {
    "AW": "I could explain to a newcomer why [CHANGE] is happening now.",
    "DE": "Given a vote, I would vote for it.",
    "KN": "I know what I should do differently.",
    "AB": "I have done it the new way at least once without help.",
    "RE": "Where I work the new way is noticed and the old way is no longer the easy option.",
}
"""How far along a person is with the change: awareness, desire, knowledge, ability, reinforcement."""

CANDOUR = {
    "PS1": "In my team you can say 'I got this wrong' and talk turns to fixing it.",
    "PS2": "Bad news travels up as fast as good news.",
    "PS3": "I hold back questions so as not to look uninformed.",
    "PS4": "Disagreeing with the most senior person in the room is safe.",
}
"""Whether people can be frank."""

PURPOSE = {
    "PE1": "My work matters to someone I can picture.",
    "PE2": "I can change how my work is done without asking first.",
    "PE3": "I know what success next quarter would look like.",
    "PE4": "Decisions about my work are made where the knowledge is.",
}
"""Purpose, and power over one's own work."""

ATTENTION = {"S7": "To show that this row was read, choose 2, slightly true."}
"""An item whose right answer is 2: who answers otherwise did not read."""

REVERSED = ("AP2", "PV2", "PS3")
"""Items that speak against their scale: 5 means least of it."""

ITEMS = (
    {code: text for items in VALUES.values() for code, text in items.items()}
    | READINESS
    | BELIEFS
    | STAGES
    | CANDOUR
    | PURPOSE
)
"""Every item on the scale of agreement but the one on attention, by its code."""
