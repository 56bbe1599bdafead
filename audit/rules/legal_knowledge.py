"""What `audit/data/legal.toml` knows of names, ranks and forms, as types."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from audit.claims import Both


@dataclass(frozen=True, slots=True)
class Governing:
    """Rules that govern plans on a topic, each until the next is in force."""

    topic: str
    name: str
    rules: tuple[str, ...]
    source: Both


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The data file of the rules about legal bases.

    Attributes:
        parts: how a part of the decree is named to the reader.
        gazettes: names of the series.
        besides: series that may stand beside another.
        prescribed: types whose gazettes are prescribed, not practice.
        never: how the names of types begin that are promulgated in no gazette.
        ranks: rank by type, the smaller the higher.
        practice: types whose rank is practice.
        unranked: pairs of ranks between which the law sets none.
        several, last: words before an amendment that is not the first.
        unnamed: words behind an instrument that mean all its amendments without naming them.
        joined: words that join an instrument and what changes it under one title.
        gazettes_behind: where a title runs on into gazettes in a form that is not read ("(LNRI 2008/127").
        words: how facts and confidences of the register are told, by language.
        worded_since: from when a law says how several amendments are cited.
        repealing: words that say that an instrument was repealed or replaced.
        change: how a title says that it changes another instrument; its group ``ordinal`` tells which change it is.
        ordinals: the words of that group, first to last.
        span: a span of years.
        small: words that do not make a title another one.
        short: short forms of an instrument's name inside a title.
        governing: by topic.
    """

    parts: Mapping[str, str]
    gazettes: Mapping[str, str]
    besides: Mapping[str, str]
    prescribed: frozenset[str]
    never: tuple[str, ...]
    ranks: Mapping[str, int]
    practice: frozenset[str]
    unranked: frozenset[tuple[int, ...]]
    several: re.Pattern[str]
    last: re.Pattern[str]
    unnamed: re.Pattern[str]
    joined: re.Pattern[str]
    gazettes_behind: re.Pattern[str]
    repealing: re.Pattern[str]
    worded_since: date
    change: re.Pattern[str]
    ordinals: tuple[str, ...]
    span: re.Pattern[str]
    small: frozenset[str]
    short: frozenset[str]
    governing: tuple[Governing, ...]
    words: Mapping[str, Mapping[str, str]]


@cache
def knowledge() -> Knowledge:
    """The data file, read once."""
    data = tomllib.loads(resources.files("audit").joinpath("data", "legal.toml").read_text(encoding="utf-8"))
    changes = data["amendments"]
    return Knowledge(
        parts=data["parts"],
        gazettes=data["gazettes"],
        besides=data["besides"],
        prescribed=frozenset(data["promulgation"]["prescribed"]),
        never=tuple(data["promulgation"]["never"]),
        ranks=data["ranks"],
        practice=frozenset(data["unsettled"]["types"]),
        unranked=frozenset(tuple(pair) for pair in data["unsettled"]["pairs"]),
        several=re.compile(changes["several"], re.IGNORECASE),
        last=re.compile(changes["last"], re.IGNORECASE),
        unnamed=re.compile(changes["unnamed"], re.IGNORECASE),
        joined=re.compile(changes["joined"], re.IGNORECASE),
        gazettes_behind=re.compile(data["titles"]["gazettes_behind"]),
        worded_since=changes["worded_since"],
        repealing=re.compile(changes["repealing"], re.IGNORECASE),
        change=re.compile(changes["change"], re.IGNORECASE),
        ordinals=tuple(changes["ordinals"]),
        span=re.compile(data["periods"]["span"], re.IGNORECASE),
        small=frozenset(data["titles"]["small"]),
        short=frozenset(data["titles"]["short"]),
        governing=tuple(Governing(g["topic"], g["name"], tuple(g["rules"]), Both(**g["source"])) for g in data["governing"]),
        words=data["words"],
    )
