"""Which local parts are a machine's, and which a person's whose name happens to hold such a word."""

from __future__ import annotations

import pytest

from kithwork.cleaning.mailboxes import MACHINE

MACHINES = (
    "no-reply", "noreply", "do-not-reply", "billing.no-reply", "mailer-daemon", "postmaster", "bounces+42", "build-bot",
    "calendar-bot", "bot", "root", "cron", "system", "scanner", "scanner-2", "printer3", "tickets", "ticket+17", "alerts",
    "prod.alerts", "jira-notifications", "automated", "jenkins", "No-Reply",
)  # fmt: skip
PEOPLE = (
    "anna.root", "root.anna", "jan.bot", "eva.cron", "anna_system", "p.scanner", "printer.paul", "tom.tickets", "a.jenkins",
    "talbot", "abbot", "rooter", "carlotta", "anna.root+list", "systema", "anna-root", "anna",
)  # fmt: skip


@pytest.mark.parametrize("word", MACHINES)
def test_machines_are_told_by_their_word(word):
    """Where it is all there is, or has a clear affix."""
    assert MACHINE.fullmatch(word)


@pytest.mark.parametrize("word", PEOPLE)
def test_nobody_is_a_machine_by_name(word):
    """People are called Root, Bot or Jenkins, and write under their full names."""
    assert not MACHINE.fullmatch(word)
