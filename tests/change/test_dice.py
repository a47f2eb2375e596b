"""Dice by name: the same for one name and seed, others for another."""

from __future__ import annotations

from kithwork.change.dice import Dice


def test_a_piece_has_dice_of_its_own():
    """One name gives the same draws each time, whatever others drew; another name or seed gives others."""
    dice = Dice(7)
    first = dice["peers"].random(3).tolist()
    assert dice["teams"].random(3).tolist() != first
    assert dice["peers"].random(3).tolist() == first
    assert Dice(8)["peers"].random(3).tolist() != first
